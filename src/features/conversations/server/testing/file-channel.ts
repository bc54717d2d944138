import { buffer } from 'node:stream/consumers';
import type { Channel, OutboundItem, SendOutcome, UploadOutcome } from '#channels/channel.ts';
import { newId } from '#platform/shared/ids.ts';
import { noBlockList } from './no-block-list.ts';

export interface Steps {
  readonly duringUpload?: () => Promise<unknown>;
  readonly uploads?: UploadOutcome[];
  readonly outcomes?: SendOutcome[];
}

/** Remembers what it was handed and what left, in order. */
export const aFileChannel = ({ duringUpload, uploads = [], outcomes = [] }: Steps = {}) => {
  const handed: Buffer[] = [];
  const left: OutboundItem[] = [];
  const steps: string[] = [];
  const channel: Channel = {
    readTemplates: async () => ({
      kind: 'failed',
      code: 'no-templates-here',
      isWorthRepeating: false,
    }),
    fetchMedia: async () => ({ kind: 'not-asked' }),
    kind: 'whatsapp',
    canMarkRead: () => true,
    blockList: noBlockList,
    uploadMedia: async ({ bytes }) => {
      steps.push('upload');
      handed.push(await buffer(bytes));
      await duringUpload?.();
      return uploads.shift() ?? { kind: 'stored', mediaId: `m${handed.length}`, goodForMs: 60_000 };
    },
    send: async (claim) => {
      steps.push('send');
      left.push(claim.take());
      return outcomes.shift() ?? { kind: 'accepted', externalId: `wamid.${newId()}` };
    },
  };
  return { channel, handed, left, steps };
};
