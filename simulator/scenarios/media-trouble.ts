import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import type { InboundInput } from '../inject/inbound-spec.ts';
import { faultSchema } from '../state/faults.ts';
import type { Scenario } from './stage.ts';

interface Trouble {
  text: string;
  fault?: z.input<typeof faultSchema>;
  spec?: Omit<InboundInput, 'from'>;
  /** Its days are over before anybody asks. */
  isLate?: boolean;
}

const on = 'media_download';

const TROUBLES: readonly Trouble[] = [
  { text: 'Esta chega na primeira' },
  { text: 'O endereço falha duas vezes (404)', fault: { on, times: 2, http: 404 } },
  { text: 'O servidor cai duas vezes (500)', fault: { on, times: 2, http: 500 } },
  { text: 'A conexão cai no meio', fault: { on, media: { cut: 0.4 } } },
  { text: 'Vem devagar', fault: { on, media: { bytesPerSecond: 4_000 } } },
  { text: 'Os bytes nunca conferem', fault: { on, times: 50, media: { wrongBytes: true } } },
  { text: 'O tamanho mente uma vez', fault: { on, media: { lengthOff: 512 } } },
  {
    text: 'Aponta para outro servidor',
    fault: { on: 'media_lookup', times: 50, media: { url: 'https://example.com/arquivo' } },
    spec: { type: 'image', media: { urlInstead: 'https://example.com/arquivo' } },
  },
  { text: 'Grande demais', spec: { type: 'video', media: { oversize: true } } },
  { text: 'Venceu antes de ser baixada', isLate: true },
];

const makeId = () => `7${randomInt(1e7, 1e8 - 1)}${randomInt(1e7, 1e8 - 1)}`;

/** Pictures that come late, broken, or never. */
export const mediaTrouble: Scenario = {
  name: 'media-trouble',
  title: 'Arquivos com problema',
  summary: 'Imagens que falham, caem no meio, não conferem, são grandes demais ou já venceram.',
  play: async (stage) => {
    const person = stage.lead('5581955550119', 'Débora Nunes');
    const { faults, media } = stage.world;
    for (const [index, { text, fault, spec, isLate }] of TROUBLES.entries()) {
      const mediaId = makeId();
      if (fault !== undefined) faults.add(faultSchema.parse({ ...fault, mediaId }));
      const file = { seed: index + 1, ...spec?.media };
      stage.does(person, { type: 'image', ...spec, text, mediaId, media: file });
      if (isLate === true) media.endLives(mediaId);
      await stage.pause(stage.params.everyMs ?? 900);
    }
  },
};
