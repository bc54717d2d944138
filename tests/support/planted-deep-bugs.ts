import type { Focus } from './client.ts';
import { deepInvariants } from './deep-oracle.ts';
import { inboundInvariants } from './inbound-oracle.ts';

/** One exact replacement in one file; a text that is no longer there fails loudly. */
export interface Patch {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

export interface PlantedBug {
  readonly name: string;
  readonly focus: Focus;
  /** How many show it, where only what is there in the end does. */
  readonly operations?: number;
  /** The invariants that it breaks. What a busy machine breaks beside them does not show it. */
  readonly expects: readonly string[];
  readonly patches: readonly Patch[];
}

const gate = 'src/features/gate/server';
const conversations = 'src/features/conversations/server';

/** Of identities that appear late, of requests for a block, and of WhatsApp's own list. */
export const deepBugs: readonly PlantedBug[] = [
  {
    name: 'a block leaves the request for it open',
    focus: 'deep',
    expects: [deepInvariants.openRequests],
    patches: [
      {
        file: `${gate}/open-blocks.ts`,
        from: '    approveByBlocks(ctx, new Map(opened.map(({ contactId, id }) => [contactId, id]))),\n',
        to: '',
      },
    ],
  },
  {
    name: 'a request withholds nothing',
    focus: 'deep',
    expects: [deepInvariants.withheld],
    patches: [
      {
        file: 'src/features/media/server/withheld-queries.ts',
        from: "can(actor, 'block.decide')",
        to: "can(actor, 'block.request')",
      },
    ],
  },
  {
    name: 'who writes during a block is not put on WhatsApp’s list again',
    focus: 'deep',
    expects: [deepInvariants.healed],
    patches: [
      {
        file: `${gate}/upstream/heal-store.ts`,
        from: 'if (heard.length === 0) {',
        to: 'if (heard.length < Number.POSITIVE_INFINITY) {',
      },
    ],
  },
  {
    name: 'an unblock leaves the person on WhatsApp’s list',
    focus: 'deep',
    operations: 900,
    expects: [deepInvariants.unwanted],
    patches: [
      {
        file: `${gate}/unblock-contact.ts`,
        from: '  await askUpstream(ctx, contactId, { isBlocking: false });\n',
        to: '',
      },
    ],
  },
  {
    name: 'a change of number leaves WhatsApp’s lists as they are',
    focus: 'deep',
    operations: 900,
    expects: [deepInvariants.unasked],
    patches: [
      {
        file: `${conversations}/receive-number-changes.ts`,
        from: '  await noteIdentities(ctx.tx, workspaceId, [moved]);\n',
        to: '',
      },
    ],
  },
  {
    name: 'what is dropped teaches no identity',
    focus: 'deep',
    expects: [inboundInvariants.shutOut, inboundInvariants.late],
    patches: [
      {
        file: `${conversations}/receive-messages.ts`,
        from: '      await learnFromDropped(ctx, learning, item);\n',
        to: '',
      },
    ],
  },
  {
    name: 'a block does not learn the number that its contact shows later',
    focus: 'deep',
    expects: [deepInvariants.numbers],
    patches: [
      {
        file: 'migrations/0057-numbers-of-a-block.sql',
        from: "after insert on contact_identity\n  for each row when (new.kind = 'phone')",
        to: "after insert on contact_identity\n  for each row when (new.kind = 'phones')",
      },
    ],
  },
];
