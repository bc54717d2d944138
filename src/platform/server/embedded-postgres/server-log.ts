import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { rename } from 'node:fs/promises';

const limit = 4 * 1024 * 1024;

export interface ServerLog {
  /** Given to the server as its standard error. */
  readonly fd: number;
  /** Where the log ends now. */
  end(): number;
  /** The first complaints written since then, without dates: what kept a server from starting. */
  complaintsSince(position: number): string;
  /** Keeps the file bounded: what is in it moves to `.1`, and what was there is dropped. */
  bound(): Promise<void>;
  close(): void;
}

/** Opens the file the server writes to. Appending, so that it can be cut while the server writes. */
export function openServerLog(path: string): ServerLog {
  const fd = openSync(path, 'a+', 0o600);
  const end = (): number => fstatSync(fd).size;
  return {
    fd,
    end,
    complaintsSince(position) {
      const length = Math.min(Math.max(0, end() - position), 16_384);
      const buffer = Buffer.alloc(length);
      readSync(fd, buffer, 0, length, position);
      return [
        ...buffer
          .toString('utf8')
          .matchAll(
            /(?:FATAL|PANIC|LOG): {2}(?:could not|invalid|unrecognized).*|(?:FATAL|PANIC):.*|^(?:sh|setpriv|.*postgres):.*/gm,
          ),
      ]
        .slice(0, 3)
        .map((match) => match[0].replace(/\s+/g, ' ').slice(0, 300))
        .join('; ');
    },
    async bound() {
      if (end() <= limit) return;
      // Written under another name first: a full disk or a crash here leaves the older one whole.
      copyFileSync(path, `${path}.new`);
      ftruncateSync(fd, 0);
      await rename(`${path}.new`, `${path}.1`);
    },
    close: () => closeSync(fd),
  };
}
