import { type ClipboardEvent, useCallback, useRef, useState } from 'react';
import { uploadFiles } from '@/api';
import { addFiles, type ChosenFile } from '../model';

/** Files that someone chose, pasted or photographed, and how far they are sent. */
export function useChosenFiles() {
  const [chosen, setChosen] = useState<ChosenFile[]>([]);
  const [progress, setProgress] = useState<number | null>(null);
  const attempt = useRef<string | null>(null);

  const add = useCallback((files: Iterable<File>) => {
    attempt.current = null;
    // Taken now: the list of an input or a clipboard is empty later.
    const list = [...files];
    setChosen((before) => addFiles(before, list));
  }, []);
  const remove = useCallback((id: string) => {
    attempt.current = null;
    setChosen((before) => before.filter((each) => each.id !== id));
  }, []);
  const onPaste = useCallback(
    (event: ClipboardEvent) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      add(event.clipboardData.files);
    },
    [add],
  );
  /** Sends them to a ticket; a second attempt after a failure adds nothing twice. */
  const upload = async (ticket: string) => {
    if (chosen.length === 0) return;
    attempt.current ??= crypto.randomUUID();
    setProgress(0);
    try {
      await uploadFiles({
        ticket,
        files: chosen.map(({ file }) => file),
        idempotencyKey: attempt.current,
        onProgress: setProgress,
      });
      setChosen([]);
    } finally {
      setProgress(null);
    }
  };
  return { chosen, add, remove, onPaste, upload, progress };
}
