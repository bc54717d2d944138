import fc from 'fast-check';
import { brokenOf } from '#channels/whatsapp/server/testing/broken-webhooks.ts';
import { everything, inbound } from '#channels/whatsapp/server/testing/fixtures.ts';
import { messages } from '#channels/whatsapp/server/testing/messages.ts';
import { postWebhook } from '../support/http.ts';
import type { OurNumber } from '../support/setting.ts';

const atOnce = 16;
const inOneGo = 500;

/** Each kind of message in a webhook of its own, as WhatsApp mostly sends them, and everything else. */
const brokenWebhook = brokenOf([
  ...Object.values(messages).map((message) => inbound(message)),
  ...everything.slice(1),
]);

let made = 0;
/** Under ids of their own, or every second one would be a repetition. */
const withOwnIds = (body: string): string => {
  made += 1;
  return body.replaceAll('"wamid.', `"wamid.${made}.`).replaceAll('"wacid.', `"wacid.${made}.`);
};

/**
 * Posts so many broken webhooks, signed as by WhatsApp.
 * @returns how often each status was answered; 0 is no answer at all
 */
export const postBroken = async (
  server: string,
  number: OurNumber,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Map<number, number>> => {
  const statuses = new Map<number, number>();
  for (let posted = 0; posted < count; posted += inOneGo) {
    const numRuns = Math.min(inOneGo, count - posted);
    const bodies = fc.sample(brokenWebhook, { numRuns, seed: seed + posted });
    const next = bodies.values();
    const postOneByOne = async (): Promise<void> => {
      for (const body of next) {
        const text = withOwnIds(JSON.stringify(body) ?? '');
        const { status } = await postWebhook(server, number.appSecret, text);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, postOneByOne));
  }
  return statuses;
};
