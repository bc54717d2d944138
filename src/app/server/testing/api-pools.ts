import { aPerson } from '#features/accounts/server/testing.ts';
import type { Operation } from './api-document.ts';
import {
  aBlockRequest,
  aConflict,
  aDecidedRequest,
  aNameRemoval,
  anExchangeExport,
  anExchangeList,
  anImport,
  anImportOfOne,
  aRemoval,
  aRepeat,
  aWebhook,
  each,
  helpAnswers,
  silentConversation,
  stoppedMessages,
  unknownMessages,
  webhookDeliveries,
} from './api-things.ts';
import { listedStrangers } from './listed-strangers.ts';
import { aSpareNumber } from './numbers-app.ts';
import { aCoveredPicture, aReceivedPicture } from './received-picture.ts';
import type { TestApp } from './test-app.ts';
import { aKey, aThread, type TestWorkspace } from './test-workspace.ts';

/** People and things that requests may destroy, and the ids of all the others. */
export interface Pools {
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
  /** Contacts whose data may be erased. */
  readonly erasable: readonly string[];
  /** Messages of ours whose end is not known. */
  readonly unknownMessages: readonly string[];
  /** Messages of ours that a block stopped: some are sent again, some discarded. */
  readonly resendable: readonly string[];
  readonly discardable: readonly string[];
  /** Messages with a picture that is here. */
  readonly pictures: readonly string[];
  /** Messages with a picture that is covered. */
  readonly coveredPictures: readonly string[];
  /** Requests for a block: open ones that are approved, open ones that are refused, and decided ones. */
  readonly approvable: readonly string[];
  readonly refusable: readonly string[];
  readonly decidedRequests: readonly string[];
  /** Removal requests that wait, and a message of each in the same place; decided ones; one that is being removed. */
  readonly removals: readonly string[];
  readonly removalItems: readonly string[];
  readonly decidedRemovals: readonly string[];
  readonly removing: readonly string[];
  /** Removal requests for the names of contacts, which wait. */
  readonly nameRemovals: readonly string[];
  /** Contacts whose names may be asked to go. */
  readonly renamable: readonly string[];
  /** Contacts whose names go at sight. */
  readonly misnamed: readonly string[];
  /** Suggested because it is like something removed, and the message of each in the same place. */
  readonly repeats: readonly string[];
  readonly repeatItems: readonly string[];
  /** Messages that may be asked to go: of one conversation. */
  readonly removable: readonly string[];
  readonly channels: readonly string[];
  /** Files of blocks that were read and not applied. */
  readonly imports: readonly string[];
  /** Files of blocks that were imported. */
  readonly doneImports: readonly string[];
  /** Lists of other units, and lists for them that are ready. */
  readonly exchangeLists: readonly string[];
  readonly exchangeExports: readonly string[];
  /** Numbers that stay, to be asked for what their app on the phone knows. */
  readonly appNumbers: readonly string[];
  /** Numbers that nobody writes to. */
  readonly numbers: readonly string[];
  /** People on WhatsApp's list who are not blocked here. */
  readonly differences: readonly string[];
  readonly conflicts: readonly string[];
  readonly pairs: readonly string[];
  /** Answers about articles of the help, with words. */
  readonly helpAnswers: readonly string[];
  readonly webhooks: readonly string[];
  /** Tests that an endpoint was sent which nobody takes away. */
  readonly webhookDeliveries: readonly string[];
}

const removalPools = async (app: TestApp, of: TestWorkspace, isUsed: boolean) => {
  const removals = await each(isUsed ? 5 : 1, () => aRemoval(app, of));
  const decided = await each(1, () => aRemoval(app, of, 'keep'));
  const removing = await each(1, () => aRemoval(app, of, 'remove'));
  const names = await each(isUsed ? 4 : 1, () => aNameRemoval(app, of));
  const named = await each(isUsed ? 4 : 1, () => aThread(app.deps, app.http, of));
  const misnamed = await each(isUsed ? 3 : 1, () => aThread(app.deps, app.http, of));
  const repeats = await each(isUsed ? 3 : 1, () => aRepeat(app, of));
  return {
    removals: removals.map(({ id }) => id),
    removalItems: removals.map(({ messageId }) => messageId),
    decidedRemovals: decided.map(({ id }) => id),
    removing: removing.map(({ id }) => id),
    nameRemovals: names,
    renamable: named.map(({ contactId }) => contactId),
    misnamed: misnamed.map(({ contactId }) => contactId),
    repeats: repeats.map(({ id }) => id),
    repeatItems: repeats.map(({ messageId }) => messageId),
    removable: (await aThread(app.deps, app.http, of)).messageIds,
  };
};

/** @param isUsed requests use things up here; else one of each will do */
export const poolsOf = async (app: TestApp, of: TestWorkspace, isUsed: boolean): Promise<Pools> => {
  const { deps, http } = app;
  const count = isUsed ? 8 : 1;
  const threads = [...of.threads, of.blocked];
  const doubles = await each(isUsed ? 12 : 1, () => aThread(deps, http, of));
  const erasable = await each(isUsed ? 3 : 1, () => aThread(deps, http, of));
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
    erasable: erasable.map((thread) => thread.contactId),
    unknownMessages: await unknownMessages(app, of),
    resendable: await stoppedMessages(app, of),
    discardable: await stoppedMessages(app, of),
    pictures: await each(2, () => aReceivedPicture(app, of)),
    coveredPictures: await each(2, () => aCoveredPicture(app, of)),
    approvable: await each(isUsed ? 4 : 1, () => aBlockRequest(app, of)),
    refusable: await each(isUsed ? 4 : 1, () => aBlockRequest(app, of)),
    decidedRequests: await each(isUsed ? 2 : 1, () => aDecidedRequest(app, of)),
    ...(await removalPools(app, of, isUsed)),
    channels: [of.number.channelId],
    imports: await each(isUsed ? 8 : 1, () => anImport(app, of)),
    doneImports: await each(isUsed ? 4 : 1, () => anImportOfOne(app, of)),
    exchangeLists: await each(isUsed ? 30 : 1, () => anExchangeList(app, of)),
    exchangeExports: await each(1, () => anExchangeExport(app, of)),
    appNumbers: await each(2, () => aSpareNumber(app, of)),
    numbers: await each(count, () => aSpareNumber(app, of)),
    differences: await listedStrangers(app, of, isUsed ? 80 : 1),
    conflicts: await each(isUsed ? 4 : 1, () => aConflict(app, of)),
    pairs: (await each(isUsed ? 2 : 1, () => aThread(deps, http, of))).map((one) => one.contactId),
    helpAnswers: await helpAnswers(app, of),
    webhooks: await each(count, () => aWebhook(app, of)),
    webhookDeliveries: await webhookDeliveries(app, of),
  };
};

/** What an operation's `{id}` is drawn from. */
export const poolOf = ({ id, path }: Operation): keyof Pools => {
  const byOperation: Readonly<Record<string, keyof Pools>> = {
    mergeContacts: 'doubles',
    erasePerson: 'erasable',
    splitContact: 'pairs',
    settleMessage: 'unknownMessages',
    sendStoppedMessage: 'resendable',
    discardStoppedMessage: 'discardable',
    removeMember: 'leavers',
    getMedia: 'pictures',
    getThumbnail: 'pictures',
    fetchMedia: 'pictures',
    revealMedia: 'pictures',
    getMediaPlaceholder: 'coveredPictures',
    undoBlockImport: 'doneImports',
    previewBlockImportUndo: 'doneImports',
    refuseBlockRequest: 'refusable',
    acknowledgeBlockRequest: 'decidedRequests',
    acknowledgeRemovalRequest: 'decidedRemovals',
    retryRemoval: 'removing',
    requestNameRemoval: 'renamable',
    removeName: 'misnamed',
    revealRemovalName: 'nameRemovals',
    decideNameRemoval: 'nameRemovals',
    rejectRepeat: 'repeats',
    getWhatsAppNumber: 'numbers',
    updateWhatsAppNumber: 'numbers',
    disconnectWhatsAppNumber: 'numbers',
    subscribeWhatsAppNumber: 'numbers',
    inspectWhatsAppNumber: 'numbers',
    askWhatsAppAppSync: 'appNumbers',
  };
  const byName: Readonly<Record<string, keyof Pools>> = {
    contacts: 'contacts',
    conversations: 'conversations',
    messages: 'messages',
    members: 'members',
    'api-keys': 'apiKeys',
    channels: 'channels',
    'block-requests': 'approvable',
    'removal-requests': 'removals',
    'block-differences': 'differences',
    'identity-conflicts': 'conflicts',
    'block-imports': 'imports',
    'exchange-lists': 'exchangeLists',
    'exchange-exports': 'exchangeExports',
    'help-answers': 'helpAnswers',
    'webhook-endpoints': 'webhooks',
    'webhook-deliveries': 'webhookDeliveries',
  };
  const [, name = ''] = /^\/api\/v1\/([a-z-]+)\/\{id\}/.exec(path) ?? [];
  return byOperation[id] ?? byName[name] ?? 'contacts';
};
