import { Modal } from "antd";
import { useText } from "../../app/preferences";

const keys = ["j", "k", "x", "a", "r", "Esc", "?"] as const;

export function KeysHelp({ open, close }: { open: boolean; close: () => void }) {
  const text = useText();
  return (
    <Modal open={open} title={text("keys.title")} onCancel={close} footer={null} width={360}>
      <dl className="keys">
        {keys.map((key) => (
          <div key={key}>
            <dt><kbd>{key}</kbd></dt>
            <dd>{text(`keys.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
