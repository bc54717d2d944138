import fc from 'fast-check';
import { aPerson, testPassword } from '#features/accounts/server/testing.ts';
import { aWorkspace } from '#platform/server/testing/a-workspace.ts';
import { anyCaller, type Callers, callersOf, spareCallers } from './api-callers.ts';
import type { Operation } from './api-document.ts';
import { type Pools, poolOf, poolsOf } from './api-pools.ts';
import type { Ingredients } from './api-requests.ts';
import { exchangeKey, numberOf } from './api-things.ts';
import type { Hints } from './from-schema.ts';
import { aMetaNumber, type Typed, typedOf } from './numbers-app.ts';
import { uploadedPicture } from './received-picture.ts';
import type { TestApp } from './test-app.ts';

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
  readonly identityId: string;
}

const stockOf = async (app: TestApp): Promise<Stock> => {
  const own = await poolsOf(app, app.a, true);
  const [memberId = ''] = own.members.slice(-1);
  return {
    own,
    foreign: await poolsOf(app, app.b, false),
    token: await resetTokenFor(app, memberId),
    uploadId: await uploadedPicture(app),
    identityId: await numberOf(app, own.pairs[0] ?? ''),
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
    identity: fc.constantFrom(app.a.blocked.person.phone, app.b.blocked.person.bsuid, 'ninguém'),
    otherContactId: idsOf('doubles'),
    contactId: idsOf('contacts'),
    endpointId: idsOf('webhooks'),
    url: fc.constantFrom('https://hooks.example/guarita', 'http://10.0.0.1/', 'nada'),
    assigneeId: fc.oneof(idsOf('members'), fc.constant(null)),
    channelId: fc.constantFrom(app.a.number.channelId, app.b.number.channelId),
    replyTo: idsOf('messages'),
    placeholder: fc.constant('blur'),
    uploadId: fc.constantFrom(uploadId, '01900000-0000-7000-8000-000000000000'),
    conversationId: idsOf('conversations'),
    messageId: idsOf('removalItems'),
    messageIds: fc.array(idsOf('removable'), { minLength: 1, maxLength: 3 }),
    query: fc.constantFrom('enviado', 'boleto pago', 'informações', '!!', "it's"),
    contactIds: fc.array(idsOf('contacts'), { minLength: 1, maxLength: 5 }),
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
  { own, token, number, identityId }: Stock,
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
    setMediaCoverSettings: { coveredFrom: 'everybody', kinds: ['image'], placeholder: 'blur' },
    setOwnMediaCover: { coversAll: false },
    updateWorkspace: { timeZone: 'America/Recife' },
    createMember: { ...person, role: 'agent' },
    updateMember: { role: 'moderator' },
    createWebhookEndpoint: { url: 'https://hooks.example/x', events: ['contact.blocked'] },
    updateWebhookEndpoint: { events: ['message.refused', 'contact.unblocked'], isOn: true },
    createApiKey: { name: 'Integração', role: 'agent' },
    renameContact: { givenName: 'Dona Ana' },
    blockContact: { reason: 'spam', note: 'insiste', expiresAt: '2098-01-01T00:00:00Z' },
    bulkBlockContacts: { contactIds: own.contacts, reason: 'spam' },
    bulkUnblockContacts: { contactIds: own.contacts },
    bulkRetryBlocks: { contactIds: own.contacts },
    getBulkBlockImpact: { contactIds: own.contacts },
    listBulkStopped: { contactIds: own.contacts },
    testIdentity: { identity: '(11) 98123-4567' },
    openExchangeList: { key: exchangeKey },
    startExchangeExport: { key: exchangeKey },
    requestBlock: { reason: 'fraud', note: 'pediu a senha' },
    approveBlockRequest: { note: 'combinado' },
    refuseBlockRequest: { answer: 'Fale com ela antes.' },
    requestRemoval: { messageIds: own.removable.slice(0, 1), reason: 'fraud', note: 'pede senha' },
    requestNameRemoval: { reason: 'offense', note: 'o nome ofende' },
    removeName: { reason: 'offense', note: 'o nome ofende' },
    decideNameRemoval: { decision: 'keep' },
    removeMessages: { messageIds: own.removable.slice(1), reason: 'sexual' },
    assignRemovalRequest: { assigneeId: app.a.team.moderator.memberId },
    decideRemovalRequest: { items: [{ messageId: own.removalItems[0], decision: 'keep' }] },
    commentRemovalRequest: { text: 'Pode olhar hoje?' },
    answerHelpArticle: { article: 'removal', isUseful: false, missing: 'o prazo' },
    setRemovalSettings: { decideWithinHours: 8, twoPersonReasons: [] },
    setBlockRequestSettings: { answerWithinHours: 12 },
    setBlockReviewSettings: { afterDays: 90 },
    setBlockList: { isOn: true },
    adoptBlockDifference: { reason: 'fraud' },
    mergeContacts: { otherContactId: own.doubles[1] },
    erasePerson: { confirm: 'erase' },
    splitContact: { identityIds: [identityId], keepBlock: true },
    decideIdentityConflict: { outcome: 'apart' },
    startConversation: { phone: '(11) 98123-4567', name: 'Rui' },
    assignConversation: { assigneeId: own.members[1] },
    sendMessage: { type: 'text', text: 'Bom dia' },
    forwardMessage: { conversationIds: own.conversations },
    reactToMessage: { emoji: '👍' },
    settleMessage: { outcome: 'sent' },
    checkWhatsAppNumber: number,
    connectWhatsAppNumber: number,
    updateWhatsAppNumber: { name: 'Balcão' },
    askWhatsAppAppSync: { part: 'history' },
  };
};

/** What requests to the API of `app.a` are made of, and who makes them; `app.b` must stay untouched. */
export interface Kitchen {
  readonly callersFor: (operationId: string) => Callers;
  readonly ingredientsFor: (operation: Operation) => Ingredients;
}

export const prepareKitchen = async (app: TestApp): Promise<Kitchen> => {
  const stock = await stockOf(app);
  const { own } = stock;
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
        itemOf: new Map([
          ...own.removals.map((id, at) => [id, own.removalItems[at] ?? ''] as const),
          ...own.repeats.map((id, at) => [id, own.repeatItems[at] ?? ''] as const),
        ]),
        hints,
        goodBody: goodBodies[operation.id],
      };
    },
  };
};
