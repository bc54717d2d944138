import { importHistory } from '../inject/import-history.ts';
import { syncContacts } from '../inject/sync-contacts.ts';
import type { Scenario } from './stage.ts';

/** A number that was in use on the Business app brings its past along. */
export const historyImport: Scenario = {
  name: 'history-import',
  title: 'Importar o histórico',
  summary: 'O número vem do aplicativo: agenda, seis meses de conversas em partes, e os arquivos.',
  play: async (stage) => {
    const everyMs = stage.params.everyMs ?? 600;
    const perPerson = stage.params.times ?? 24;
    const tracks = importHistory(stage.world, stage.channel, { perPerson, everyMs });
    const contacts = syncContacts(stage.world, stage.channel);
    await Promise.all(
      [...tracks, contacts].map((track) => track.until((one) => one.isOver, 60_000)),
    );
    stage.signal.throwIfAborted();
  },
};
