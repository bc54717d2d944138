import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiProblem } from '#platform/web/http.ts';
import { uploadFile } from '#platform/web/upload.ts';
import { type BlockImport, importLimits } from '../../imports/contract.ts';
import { uploadAddress } from './api.ts';

type State =
  | { kind: 'idle' }
  | { kind: 'sending'; share: number }
  | { kind: 'failed'; error: unknown };

const wasStopped = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'AbortError';

/** Sends a file and has it read; one at a time. Whoever went elsewhere meanwhile is not told: it stands in the list. */
export function useUpload(onRead: (read: BlockImport) => void) {
  const [state, setState] = useState<State>({ kind: 'idle' });
  const client = useQueryClient();
  const running = useRef<AbortController>(undefined);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const send = async (file: File) => {
    if (file.size > importLimits.bytes) {
      setState({ kind: 'failed', error: new ApiProblem(413, { code: 'import-too-large' }) });
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    setState({ kind: 'sending', share: 0 });
    try {
      const read = await uploadFile<BlockImport>(uploadAddress(file.name), file, {
        onProgress: (share) => setState({ kind: 'sending', share }),
        signal: controller.signal,
      });
      setState({ kind: 'idle' });
      void client.invalidateQueries({ queryKey: ['block-imports'] });
      if (isHere.current) onRead(read);
    } catch (error) {
      setState(wasStopped(error) ? { kind: 'idle' } : { kind: 'failed', error });
    }
  };
  return { state, send: (file: File) => void send(file), stop: () => running.current?.abort() };
}
