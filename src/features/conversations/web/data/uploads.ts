import { useSyncExternalStore } from 'react';
import type { Upload } from '#features/media/contract.ts';
import { uploadFile } from '#platform/web/upload.ts';
import { forgetLocalFile } from './local-files.ts';
import { removeOutgoing } from './outgoing.ts';
import { warnBeforeLeaving } from './warn-before-leaving.ts';

/** The file of a message on its way to the server, by the key of the message. */
export interface UploadState {
  /** From 0 to 1. */
  share: number;
  /** Broken off; it is tried again by itself, or sooner by hand. */
  isResting: boolean;
}

let states: ReadonlyMap<string, UploadState> = new Map();
const callers = new Map<string, AbortController>();
const listeners = new Set<() => void>();

const publish = (key: string, state: UploadState | null): void => {
  if (!state && !states.has(key)) return;
  const next = new Map(states);
  if (state) next.set(key, state);
  else next.delete(key);
  states = next;
  warnBeforeLeaving('uploads', states.size > 0);
  for (const listener of listeners) listener();
};

/** It waits for its turn. */
export const expectUpload = (key: string): void => publish(key, { share: 0, isResting: false });

export const restUpload = (key: string): void => {
  const state = states.get(key);
  if (state) publish(key, { ...state, isResting: true });
};

export const endUpload = (key: string): void => publish(key, null);

/** @throws ApiProblem; DOMException AbortError when it was called off */
export async function putFile(key: string, file: File, fileName: string | null): Promise<Upload> {
  const caller = new AbortController();
  callers.set(key, caller);
  expectUpload(key);
  try {
    const name = fileName ? `?fileName=${encodeURIComponent(fileName.slice(0, 255))}` : '';
    return await uploadFile<Upload>(`/api/v1/uploads${name}`, file, {
      onProgress: (share) => publish(key, { share, isResting: false }),
      signal: caller.signal,
    });
  } finally {
    callers.delete(key);
  }
}

/** The person thought better of it: nothing of it is sent. */
export function cancelUpload(key: string): void {
  callers.get(key)?.abort();
  removeOutgoing(key);
  endUpload(key);
  forgetLocalFile(key);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useUpload = (key: string): UploadState | undefined =>
  useSyncExternalStore(subscribe, () => states.get(key));
