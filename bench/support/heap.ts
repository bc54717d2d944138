import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'undici';

export interface Heap {
  /** What is left after a whole collection of garbage, made now. In MB. */
  leftMb(): Promise<number>;
  close(): void;
}

interface Reply {
  readonly id: number;
  readonly result: { readonly usedSize?: number };
}

const findAddress = async (port: number): Promise<string> => {
  for (let left = 50; ; left -= 1) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
      const [{ webSocketDebuggerUrl }] = (await answer.json()) as [
        { webSocketDebuggerUrl: string },
      ];
      return webSocketDebuggerUrl;
    } catch (error) {
      if (left === 0) {
        throw error;
      }
      await sleep(100);
    }
  }
};

/**
 * The heap of a process that was started with `--inspect=127.0.0.1:PORT`. A process that moves little to the old part of its
 * memory makes too few whole collections by itself to tell anything by.
 */
export const openHeap = async (port: number): Promise<Heap> => {
  const socket = new WebSocket(await findAddress(port));
  const waiting = new Map<number, (result: Reply['result']) => void>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as Reply;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('no inspector')));
  });
  const ask = (method: string): Promise<Reply['result']> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method }));
    });
  return {
    leftMb: async () => {
      await ask('HeapProfiler.collectGarbage');
      const { usedSize = Number.NaN } = await ask('Runtime.getHeapUsage');
      return usedSize / 1024 / 1024;
    },
    close: () => socket.close(),
  };
};
