import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { keepPicture } from "../../api/client";
import { useText } from "../../app/preferences";
import { Failure } from "../../components/states";

const nameOf = (file: File) => file.name.replace(/[^A-Za-z0-9._-]+/g, "_").replace(/^\.+/, "");

// Pictures of this computer are kept in the shop's folder pictures/ and become tasks.
export function Pictures({ add }: { add: (tasks: { task_id: string; picture: string }[]) => void }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const keep = useMutation({
    mutationFn: (files: File[]) => Promise.all(files.map(async (file) => ({ task_id: file.name, picture: await keepPicture(nameOf(file), file) }))),
    onSuccess: add,
  });
  return (
    <>
      <input ref={input} hidden type="file" multiple accept="image/png,image/jpeg,image/gif,image/webp" onChange={(event) => event.target.files && keep.mutate(Array.from(event.target.files))} />
      <Button loading={keep.isPending} onClick={() => input.current?.click()}>{text("label.choose_pictures")}</Button>
      <p className="soft">{text("label.pictures_words")}</p>
      {keep.error && <Failure error={keep.error} />}
    </>
  );
}
