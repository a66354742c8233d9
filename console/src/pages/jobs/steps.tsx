import { useQuery } from "@tanstack/react-query";
import { Modal } from "antd";
import { read } from "../../api/client";
import { useFormat } from "../../app/format";
import { useText } from "../../app/preferences";
import { Rows } from "../../components/page";
import { StateTag } from "../../components/state_tag";
import { Answer } from "../../components/states";

export function Steps({ runId, close }: { runId: number; close: () => void }) {
  const text = useText();
  const format = useFormat();
  const query = useQuery({ queryKey: ["jobs.show", runId], queryFn: ({ signal }) => read("jobs.show", { run_id: runId }, signal) });
  return (
    <Modal open title={text("jobs.steps", { id: runId })} onCancel={close} footer={null} width={760}>
      <Answer query={query}>
        {(shown) => (
          <Rows
            label={text("jobs.steps", { id: runId })}
            rows={shown.steps}
            keyOf={(_, place) => place}
            columns={[
              { key: "step", title: text("jobs.step"), cell: (row) => row.step },
              { key: "state", title: text("decisions.state"), cell: (row) => <StateTag state={row.state} /> },
              { key: "took", title: text("jobs.took"), number: true, cell: (row) => format.seconds(row.seconds) },
            ]}
          />
        )}
      </Answer>
    </Modal>
  );
}
