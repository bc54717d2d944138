import { inboundInvariants } from './inbound-oracle.ts';
import { mediaInvariants } from './media-oracle.ts';
import { otherInvariants } from './other-oracle.ts';
import { outboundInvariants } from './outbound-oracle.ts';
import { deepBugs, type Patch, type PlantedBug } from './planted-deep-bugs.ts';

const gate = 'src/features/gate/server';
const contacts = 'src/features/contacts/server';
const conversations = 'src/features/conversations/server';

const { shutOut, late, actions, lost, once, attempts } = inboundInvariants;
const { accepted, left, wire, epoch, readMarks } = outboundInvariants;
const { secondWall, database, merged } = otherInvariants;
/** Of a block that an item and a message did not see, at the same moment. */
const ofAnyRace = [
  shutOut,
  actions,
  accepted,
  left,
  wire,
  epoch,
  readMarks,
  mediaInvariants.kept,
  secondWall,
];

/** What is left of a caller when its call is taken away: an answer that nobody gave. */
const forgedProof = (item: string, epoch: string, way = 'message'): string =>
  `{ kind: 'pass', passed: { item: ${item}, epoch: ${epoch}, way: '${way}' } }`;

const noAssertion: Patch = {
  file: `${gate}/check-gate.ts`,
  from: `  const isOwn = provesFor(passed, tx, contactId);
  const isNew = provesIn(passed, tx) && wasCreatedIn(tx, contactId);`,
  to: '  const [isOwn, isNew] = [true, true];',
};

const noGateForInbound: Patch = {
  file: `${conversations}/receive-messages.ts`,
  from: `  const verdicts = await checkGateInbound(
    ctx,
    items.map((item) => judgedOf<Judgeable>(resolution, item)),
    { spans, findStored: (dropped) => findStoredOf(ctx.tx, dropped) },
  );`,
  to: "  const verdicts = items.map((item) => ({ kind: 'pass', passed: { item } }));",
};

const noTrigger: Patch = {
  file: 'migrations/0005-conversations.sql',
  from: `create trigger message_insert_guard after insert on message
  referencing new table as added for each statement execute function message_insert_guard();`,
  to: '',
};

/** gate.md, planted bugs: with each of these the concurrency test must turn red. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'gate call removed from receive-messages',
    focus: 'inbound',
    expects: [shutOut, late, actions, lost, secondWall],
    patches: [noGateForInbound, noAssertion],
  },
  {
    name: 'gate call removed from receive-messages, trigger removed with it',
    focus: 'inbound',
    expects: [shutOut, late, actions, lost, secondWall],
    patches: [noGateForInbound, noAssertion, noTrigger],
  },
  {
    name: 'gate call removed from judge-media',
    focus: 'media',
    expects: [mediaInvariants.asked, mediaInvariants.kept, secondWall],
    patches: [
      {
        file: 'src/features/media/server/judge-media.ts',
        from: 'const verdict = await checkGateStored(ctx, before.contactId, before, askedAt(before));',
        to: `const verdict = ${forgedProof('before', '0')};`,
      },
      noAssertion,
    ],
  },
  {
    name: 'gate call removed from judge-link',
    focus: 'media',
    expects: [secondWall],
    patches: [
      {
        file: `${conversations}/link-card/judge-link.ts`,
        from: 'const verdict = await checkGateStored(ctx, before.contactId, before, before.at);',
        to: `const verdict = ${forgedProof('before', '0')};`,
      },
      noAssertion,
      // The pages of the test are on this machine, where no link may lead.
      {
        file: `${conversations}/link-card/fetch-page.ts`,
        from: 'const isAllowed = rules.isAllowed ?? isPublicAddress;',
        to: 'const isAllowed = rules.isAllowed ?? (() => true);',
      },
    ],
  },
  {
    name: 'gate call removed from receive-number-changes',
    focus: 'story',
    expects: [lost],
    patches: [
      {
        file: `${conversations}/receive-number-changes.ts`,
        from: 'const [verdict] = await checkGateInbound(ctx, [judgedOf(current, change)]);',
        to: "const [verdict] = [{ kind: 'pass' }];",
      },
    ],
  },
  {
    name: 'gate call removed from send-message',
    focus: 'outbound',
    expects: [accepted],
    patches: [
      {
        file: `${conversations}/send-message.ts`,
        from: "const verdict = await checkGateOutbound(ctx, 'message', conversation.contactId, row, null);",
        to: `const verdict = ${forgedProof('row', '0')};`,
      },
      noAssertion,
    ],
  },
  {
    name: 'gate call removed from claim-dispatch (messages)',
    focus: 'outbound',
    expects: [left, wire, epoch, secondWall],
    patches: [
      {
        file: `${conversations}/claim-dispatch.ts`,
        from: "const verdict = await checkGateOutbound(ctx, 'message', contactId, item, head.acceptedEpoch);",
        to: `const verdict = ${forgedProof('item', 'head.acceptedEpoch')};`,
      },
      noAssertion,
    ],
  },
  {
    name: 'gate call removed from claim-dispatch (read marks)',
    focus: 'reads',
    expects: [left, wire, readMarks, secondWall],
    patches: [
      {
        file: `${conversations}/claim-dispatch.ts`,
        from: "const verdict = await checkGateOutbound(ctx, 'read-mark', contactId, item, acceptedEpoch);",
        to: `const verdict = ${forgedProof('item', 'acceptedEpoch', 'read-mark')};`,
      },
      noAssertion,
    ],
  },
  {
    name: 'gate call removed from mark-read',
    focus: 'reads',
    expects: [readMarks],
    patches: [
      {
        file: `${conversations}/mark-read.ts`,
        from: "const verdict = await checkGateOutbound(ctx, 'read-mark', place.contactId, conversationId, null);",
        to: `const verdict = ${forgedProof('conversationId', '0', 'read-mark')};`,
      },
      {
        file: `${conversations}/claim-dispatch.ts`,
        from: "const verdict = await checkGateOutbound(ctx, 'read-mark', contactId, item, acceptedEpoch);",
        to: "const verdict = await checkGateOutbound(ctx, 'read-mark', contactId, item, null);",
      },
    ],
  },
  {
    name: 'contacts are not locked',
    focus: 'all',
    expects: [...ofAnyRace, merged],
    patches: [
      {
        file: `${contacts}/store.ts`,
        from: `     order by c.id
       for no key update of c\`.execute(tx);`,
        to: '     order by c.id`.execute(tx);',
      },
    ],
  },
  {
    name: 'identities are not resolved again after the lock',
    focus: 'story',
    expects: [shutOut, late, once, merged, database, secondWall],
    patches: [
      {
        file: `${contacts}/resolve-contacts.ts`,
        from: 'before.length > 0 ? findHolders(tx, keys) : before,',
        to: 'before,',
      },
    ],
  },
  {
    name: 'epoch ignored',
    focus: 'outbound',
    expects: [epoch, readMarks, secondWall],
    patches: [
      {
        file: `${gate}/decide.ts`,
        from: 'facts.isBlocked || (facts.acceptedEpoch !== null && facts.acceptedEpoch !== facts.epoch);',
        to: 'facts.isBlocked;',
      },
    ],
  },
  {
    name: 'late deliveries are let in',
    focus: 'inbound',
    expects: [late],
    patches: [
      {
        file: `${gate}/decide.ts`,
        from: 'const late = facts.spans.find((span) => covers(span, facts.timestamp));',
        to: 'const late = facts.spans.find((span) => covers(span, facts.timestamp) && span.isActive);',
      },
    ],
  },
  {
    name: 'a dropped item is not remembered',
    focus: 'inbound',
    expects: [shutOut, actions, attempts],
    patches: [
      {
        file: `${gate}/check-gate.ts`,
        from: "wasDropped: dropped.size > 0 && dropped.has(hashOf(ctx, judged).toString('hex')),",
        to: 'wasDropped: dropped.size < 0,',
      },
    ],
  },
  {
    name: 'intervals judged by now(), their beginning included',
    focus: 'all',
    expects: ofAnyRace,
    patches: [
      {
        file: `${gate}/store.ts`,
        from: `           \${blockIsActive} as "isActive"
      from unnest`,
        to: `           (b.started_at <= now() and b.lifted_at is null and (b.expires_at is null or b.expires_at > now())) as "isActive"
      from unnest`,
      },
    ],
  },
  {
    name: 'blocks are locked and read in one statement',
    focus: 'all',
    expects: ofAnyRace,
    patches: [
      {
        file: `${contacts}/resolve-contacts.ts`,
        from: 'lockContacts(tx, [...before, ...alsoLock, ...awaited, ...erased]),',
        to: 'lockContacts(tx, [...before, ...alsoLock].slice(0, 0)),',
      },
      {
        file: `${gate}/store.ts`,
        from: `      join block b on b.workspace_id = u.w and b.contact_id = u.k
     order by b.started_at\``,
        to: `      join (select workspace_id, id from contact where id = any(\${contacts.map((c) => c.contactId)}::uuid[])
             order by id for no key update) c on c.workspace_id = u.w and c.id = u.k
      join block b on b.workspace_id = u.w and b.contact_id = u.k
     order by b.started_at\``,
      },
    ],
  },
  {
    name: 'the recorded end of a claim ignored: a block waits for nothing',
    focus: 'outbound',
    expects: [left, wire, epoch, readMarks],
    patches: [
      {
        file: `${gate}/await-wire.ts`,
        from: 'let left = onWire;',
        to: 'let left = onWire.slice(0, 0);',
      },
    ],
  },
  {
    name: 'a block names what is on the wire without waiting for it',
    focus: 'outbound',
    expects: [otherInvariants.named],
    patches: [
      {
        file: `${gate}/await-wire.ts`,
        from: 'const longestWaitMs = 10_000;',
        to: 'const longestWaitMs = 0;',
      },
    ],
  },
  {
    name: 'match keys are not locked',
    focus: 'story',
    expects: [once, merged, otherInvariants.firstMessages, database],
    patches: [
      {
        file: `${contacts}/resolve-contacts.ts`,
        from: 'Promise.all([lockMatchKeys(tx, keys), findHolders(tx, keys)]);',
        to: 'Promise.all([lockMatchKeys, findHolders(tx, keys)]);',
      },
    ],
  },
  ...deepBugs,
];
