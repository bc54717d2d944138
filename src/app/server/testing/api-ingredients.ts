import fc from 'fast-check';
import { aPerson, testPassword } from '#features/accounts/server/testing.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { anyCaller, type Callers, callersOf, spareCallers } from './api-callers.ts';
import type { Operation } from './api-document.ts';
import type { Ingredients } from './api-requests.ts';
import {
  aBlockRequest,
  aDecidedRequest,
  anExchangeExport,
  anExchangeList,
  anImport,
  each,
  exchangeKey,
  silentConversation,
  unknownMessages,
} from './api-things.ts';
import type { Hints } from './from-schema.ts';
import { listedStrangers } from './listed-strangers.ts';
import { aMetaNumber, aSpareNumber, type Typed, typedOf } from './numbers-app.ts';
import { aReceivedPicture, uploadedPicture } from './received-picture.ts';
import type { TestApp } from './test-app.ts';
import { aKey, aThread, type TestWorkspace } from './test-workspace.ts';

/** People and things that requests may destroy, and the ids of all the others. */
interface Pools {
  readonly contacts: readonly string[];
  readonly conversations: readonly string[];
  readonly messages: readonly string[];
  /** Of the team, but nobody who calls. */
  readonly members: readonly string[];
  /** Of the team, until a request takes them out. */
  readonly leavers: readonly string[];
  /** In use by nobody. */
  readonly apiKeys: readonly string[];
  /** Contacts that a merge may use up. */
  readonly doubles: readonly string[];
  /** Messages of ours whose end is not known. */
  readonly unknownMessages: readonly string[];
  /** Messages with a picture that is here. */
  readonly pictures: readonly string[];
  /** Requests for a block: open ones that are approved, open ones that are refused, and decided ones. */
  readonly approvable: readonly string[];
  readonly refusable: readonly string[];
  readonly decidedRequests: readonly string[];
  readonly channels: readonly string[];
  /** Files of blocks that were read and not applied. */
  readonly imports: readonly string[];
  /** Lists of other units, and lists for them that are ready. */
  readonly exchangeLists: readonly string[];
  readonly exchangeExports: readonly string[];
  /** Numbers that nobody writes to. */
  readonly numbers: readonly string[];
  /** People on WhatsApp's list who are not blocked here. */
  readonly differences: readonly string[];
}

const poolsOf = async (app: TestApp, of: TestWorkspace, isUsed: boolean): Promise<Pools> => {
  const { deps, http } = app;
  const count = isUsed ? 8 : 1;
  const threads = [...of.threads, of.blocked];
  const doubles = await each(isUsed ? 12 : 1, () => aThread(deps, http, of));
  const people = await each(count, () => aPerson(deps.db, of.id));
  const leavers = await each(count, () => aPerson(deps.db, of.id));
  const keys = await each(count, () => aKey(http, of.team.administrator, 'agent'));
  return {
    contacts: threads.map((thread) => thread.contactId),
    conversations: [
      ...threads.map((thread) => thread.conversationId),
      await silentConversation(app, of),
    ],
    messages: threads.flatMap((thread) => thread.messageIds),
    members: people.map((person) => person.memberId),
    leavers: leavers.map((person) => person.memberId),
    apiKeys: keys.map((key) => key.id),
    doubles: doubles.map((thread) => thread.contactId),
    unknownMessages: await unknownMessages(app, of),
    pictures: await each(2, () => aReceivedPicture(app, of)),
    approvable: await each(isUsed ? 4 : 1, () => aBlockRequest(app, of)),
    refusable: await each(isUsed ? 4 : 1, () => aBlockRequest(app, of)),
    decidedRequests: await each(isUsed ? 2 : 1, () => aDecidedRequest(app, of)),
    channels: [of.number.channelId],
    imports: await each(isUsed ? 8 : 1, () => anImport(app, of)),
    exchangeLists: await each(isUsed ? 30 : 1, () => anExchangeList(app, of)),
    exchangeExports: await each(1, () => anExchangeExport(app, of)),
    numbers: await each(count, () => aSpareNumber(app, of)),
    differences: await listedStrangers(app, of, isUsed ? 80 : 1),
  };
};

const poolOf = ({ id, path }: Operation): keyof Pools => {
  const byOperation: Readonly<Record<string, keyof Pools>> = {
    mergeContacts: 'doubles',
    settleMessage: 'unknownMessages',
    removeMember: 'leavers',
    getMedia: 'pictures',
    getThumbnail: 'pictures',
    fetchMedia: 'pictures',
    revealMedia: 'pictures',
    refuseBlockRequest: 'refusable',
    acknowledgeBlockRequest: 'decidedRequests',
    getWhatsAppNumber: 'numbers',
    updateWhatsAppNumber: 'numbers',
    disconnectWhatsAppNumber: 'numbers',
    subscribeWhatsAppNumber: 'numbers',
    inspectWhatsAppNumber: 'numbers',
  };
  const byName: Readonly<Record<string, keyof Pools>> = {
    contacts: 'contacts',
    conversations: 'conversations',
    messages: 'messages',
    members: 'members',
    'api-keys': 'apiKeys',
    channels: 'channels',
    'block-requests': 'approvable',
    'block-differences': 'differences',
    'block-imports': 'imports',
    'exchange-lists': 'exchangeLists',
    'exchange-exports': 'exchangeExports',
  };
  const [, name = ''] = /^\/api\/v1\/([a-z-]+)\/\{id\}/.exec(path) ?? [];
  return byOperation[id] ?? byName[name] ?? 'contacts';
};

/** A link for a new password that one request may use. */
const resetTokenFor = async (app: TestApp, memberId: string): Promise<string> => {
  const link = await app.http(`/api/v1/members/${memberId}/reset-link`, {
    ...app.a.team.administrator,
    method: 'POST',
  });
  const { url } = link.json as { url: string };
  return new URL(url).searchParams.get('token') ?? '';
};

interface Stock {
  readonly own: Pools;
  readonly foreign: Pools;
  readonly token: string;
  /** Of a person of a third workspace, who may be given a place in this one as well. */
  readonly linkedEmail: string;
  /** A picture that the administrator put here to send. */
  readonly uploadId: string;
  /** Known to WhatsApp and connected by nobody. */
  readonly number: Typed;
}

const stockOf = async (app: TestApp): Promise<Stock> => {
  const own = await poolsOf(app, app.a, true);
  const [memberId = ''] = own.members.slice(-1);
  return {
    own,
    foreign: await poolsOf(app, app.b, false),
    token: await resetTokenFor(app, memberId),
    uploadId: await uploadedPicture(app),
    number: typedOf(await aMetaNumber(app.deps.config.graph.url)),
    linkedEmail: (await aPerson(app.deps.db, await aWorkspace(app.deps.db))).email,
  };
};

const hintsOf = (
  app: TestApp,
  { own, foreign, token, linkedEmail, uploadId, number }: Stock,
): Hints => {
  const idsOf = (pool: keyof Pools) => fc.constantFrom(...own[pool], ...foreign[pool]);
  const passwords = fc.constantFrom(testPassword, 'uma outra senha');
  return {
    otherContactId: idsOf('doubles'),
    contactId: idsOf('contacts'),
    assigneeId: fc.oneof(idsOf('members'), fc.constant(null)),
    channelId: fc.constantFrom(app.a.number.channelId, app.b.number.channelId),
    replyTo: idsOf('messages'),
    uploadId: fc.constantFrom(uploadId, '01900000-0000-7000-8000-000000000000'),
    conversationId: idsOf('conversations'),
    query: fc.constantFrom('enviado', 'boleto pago', 'informações', '!!', "it's"),
    conversationIds: fc.array(idsOf('conversations'), { minLength: 1, maxLength: 5 }),
    timeZone: fc.constantFrom('America/Sao_Paulo', 'UTC', 'Marte/Base'),
    phone: fc.constantFrom('(11) 98123-4567', '11 8123-4567', '+1 202 555 0143', '123', 'abc'),
    email: fc.oneof(
      fc.stringMatching(/^[a-z]{3,12}$/).map((name) => `${name}@gerado.example`),
      fc.constantFrom(app.a.team.agent.email, linkedEmail),
    ),
    password: passwords,
    currentPassword: passwords,
    token: fc.constantFrom(token, 'nada'),
    // Of the body of a check; whatever is asked of WhatsApp is asked of the simulated one.
    id: idsOf('numbers'),
    phoneNumberId: fc.constantFrom(number.phoneNumberId, '999000111'),
    wabaId: fc.constantFrom(number.wabaId, '999000222'),
    accessToken: fc.constantFrom(number.accessToken, 'expired-token', 'EAAother'),
    appSecret: fc.constantFrom(number.appSecret, 'another-secret'),
    verifyToken: fc.constant(number.verifyToken),
  };
};

/** A body for every operation that reads one, by operation. */
const goodBodiesOf = (
  app: TestApp,
  { own, token, number }: Stock,
): Readonly<Record<string, unknown>> => {
  const password = 'uma senha mais nova';
  const person = { name: 'Ivo', email: 'ivo@gerado.example', password };
  return {
    signIn: { email: app.a.team.agent.email, password: testPassword },
    setUp: { ...person, code: 'nada', workspaceName: 'Loja' },
    resetPassword: { token, newPassword: password },
    updateMe: { name: 'Bia' },
    changePassword: { currentPassword: testPassword, newPassword: password },
    setRetention: { days: 365 },
    updateWorkspace: { timeZone: 'America/Recife' },
    createMember: { ...person, role: 'agent' },
    updateMember: { role: 'moderator' },
    createApiKey: { name: 'Integração', role: 'agent' },
    renameContact: { givenName: 'Dona Ana' },
    blockContact: { reason: 'spam', note: 'insiste', expiresAt: '2098-01-01T00:00:00Z' },
    openExchangeList: { key: exchangeKey },
    startExchangeExport: { key: exchangeKey },
    requestBlock: { reason: 'fraud', note: 'pediu a senha' },
    approveBlockRequest: { note: 'combinado' },
    refuseBlockRequest: { answer: 'Fale com ela antes.' },
    setBlockRequestSettings: { answerWithinHours: 12 },
    setBlockList: { isOn: true },
    adoptBlockDifference: { reason: 'fraud' },
    mergeContacts: { otherContactId: own.doubles[1] },
    startConversation: { phone: '(11) 98123-4567', name: 'Rui' },
    assignConversation: { assigneeId: own.members[1] },
    sendMessage: { type: 'text', text: 'Bom dia' },
    forwardMessage: { conversationIds: own.conversations },
    reactToMessage: { emoji: '👍' },
    settleMessage: { outcome: 'sent' },
    checkWhatsAppNumber: number,
    connectWhatsAppNumber: number,
    updateWhatsAppNumber: { name: 'Balcão' },
  };
};

/** What requests to the API of `app.a` are made of, and who makes them; `app.b` must stay untouched. */
export interface Kitchen {
  readonly callersFor: (operationId: string) => Callers;
  readonly ingredientsFor: (operation: Operation) => Ingredients;
}

export const prepareKitchen = async (app: TestApp): Promise<Kitchen> => {
  const stock = await stockOf(app);
  const hints = hintsOf(app, stock);
  const goodBodies = goodBodiesOf(app, stock);
  const callers = callersOf(app.a);
  const spares: Readonly<Record<string, Callers>> = {
    signOut: await spareCallers(app, app.a),
    changePassword: await spareCallers(app, app.a),
  };
  return {
    callersFor: (operationId) => spares[operationId] ?? callers,
    ingredientsFor: (operation) => {
      const pool = poolOf(operation);
      return {
        callers: anyCaller,
        ownIds: stock.own[pool],
        foreignIds: stock.foreign[pool],
        hints,
        goodBody: goodBodies[operation.id],
      };
    },
  };
};
