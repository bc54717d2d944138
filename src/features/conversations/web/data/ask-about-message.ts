import type { QueryClient } from '@tanstack/react-query';
import type { Message } from '../../contract.ts';
import { applyMessage } from './apply-changes.ts';

interface Asking {
  readonly id: string;
  wasTold: boolean;
}

const underWay = new Set<Asking>();

/** An event has told of this message: newer than any answer that was asked for before, or followed by one that is. */
export function noteTold({ id }: Message): void {
  for (const asking of underWay) asking.wasTold ||= asking.id === id;
}

/**
 * Asks the server for something that changes a message, and shows what it answers, unless an event told of the message
 * meanwhile: an answer may be slower than what it set off, such as the file that it had fetched.
 * @throws whatever `ask` throws
 */
export async function askAboutMessage(
  client: QueryClient,
  id: string,
  ask: () => Promise<Message>,
): Promise<void> {
  const asking: Asking = { id, wasTold: false };
  underWay.add(asking);
  try {
    const message = await ask();
    if (!asking.wasTold) applyMessage(client, message);
  } finally {
    underWay.delete(asking);
  }
}
