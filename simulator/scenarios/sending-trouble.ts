import { faultSchema } from '../state/faults.ts';
import { NAMED_FAULTS } from '../state/named-faults.ts';
import type { Scenario } from './stage.ts';

/** One for each trouble that has a name: a person writes, and what the business does next goes wrong in that way. */
export const sendingTrouble: readonly Scenario[] = NAMED_FAULTS.map(
  ({ name, title, summary, fault, isAboutPerson }) => ({
    name,
    title,
    summary,
    play: async (stage) => {
      const person = stage.lead('5561955550141', 'Sílvia Prado');
      stage.world.faults.add(
        faultSchema.parse({
          ...fault,
          channel: stage.channel.phoneNumberId,
          ...(isAboutPerson ? { to: person.id } : {}),
        }),
      );
      await stage.delivered(stage.says(person, 'Oi, me respondem?'));
    },
  }),
);
