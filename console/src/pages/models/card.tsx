import { useQuery } from "@tanstack/react-query";
import { Alert, Modal } from "antd";
import { read } from "../../api/client";
import { useText } from "../../app/preferences";
import { Answer } from "../../components/states";
import { Facts } from "../decisions/facts";

export function Card({ name, version, close }: { name: string; version: string; close: () => void }) {
  const text = useText();
  const query = useQuery({ queryKey: ["models.show", name, version], queryFn: ({ signal }) => read("models.show", { name, version }, signal) });
  return (
    <Modal open title={`${name} ${version}`} onCancel={close} footer={null} width={720}>
      <Answer query={query}>
        {(shown) => (
          <>
            <Alert type={shown.sound ? "success" : "error"} showIcon title={shown.sound ? text("models.sound") : shown.problem} />
            <Facts values={shown.card} />
          </>
        )}
      </Answer>
    </Modal>
  );
}
