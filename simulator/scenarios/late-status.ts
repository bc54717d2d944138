import { emitStatus } from '../inject/emit-statuses.ts';
import { faultSchema } from '../state/faults.ts';
import type { Scenario } from './stage.ts';

/** The next answer to this person gets its statuses late and in the wrong order. */
export const lateStatus: Scenario = {
  name: 'late-status',
  title: 'Confirmações atrasadas',
  summary: 'A próxima resposta recebe lida, entregue e enviada atrasadas e fora de ordem.',
  play: async (stage) => {
    const person = stage.lead('5521955550177', 'Marina Teles');
    const wait = stage.params.everyMs ?? 6_000;
    stage.says(person, 'Oi! Vocês entregam em Niterói?');
    stage.world.faults.add(faultSchema.parse({ to: person.id, muteStatuses: true }));
    const message = await stage.answerTo(person, 600_000);
    if (message === null) return;
    for (const status of ['read', 'delivered', 'sent', 'delivered'] as const) {
      await stage.pause(wait);
      emitStatus(stage.world, message, person, status);
    }
    person.unread.delete(message.id);
  },
};
