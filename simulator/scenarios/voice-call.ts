import type { Scenario } from './stage.ts';

/** Rings and ends under one id, then one that nobody took. */
export const voiceCall: Scenario = {
  name: 'voice-call',
  title: 'Ligações',
  summary: 'Liga, fala por doze segundos e desliga; depois liga de novo e ninguém atende.',
  play: async (stage) => {
    const person = stage.lead('5541955550162', 'Otávio Lins');
    const wait = () => stage.pause(stage.params.everyMs ?? 1_500);
    const call = stage.does(person, { type: 'call', callEvent: 'connect' });
    await wait();
    const end = { type: 'call', callEvent: 'terminate', id: call.id } as const;
    stage.does(person, { ...end, callStatus: 'COMPLETED', duration: 12 });
    await wait();
    await stage.delivered(
      stage.does(person, { type: 'call', callEvent: 'terminate', callStatus: 'FAILED' }),
    );
  },
};
