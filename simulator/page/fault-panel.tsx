import { useEffect, useState } from 'react';
import { NAMED_FAULTS } from '../state/named-faults.ts';
import { control, type StandingFault } from './control.ts';
import type { Settings } from './wire-types.ts';

const WINDOWS = [
  ['sync', 'recusa na hora'],
  ['async', 'falha depois'],
  ['off', 'não olha'],
] as const;

/** As Meta has them, so few that anybody meets them, or none. */
const LIMITS = [
  ['Os do WhatsApp', { pairBurst: 45, numberPerSecond: 80 }],
  ['Apertados', { pairBurst: 2, numberPerSecond: 1 }],
  ['Nenhum', { pairBurst: null, numberPerSecond: null }],
] as const;

const titleOf = (fault: StandingFault): string => {
  const named = NAMED_FAULTS.find(
    (one) =>
      JSON.stringify(one.fault.error?.code ?? one.fault.reset) ===
        JSON.stringify(fault.error?.code ?? fault.reset) &&
      (one.fault.error?.when ?? 'sync') === (fault.error?.when ?? 'sync'),
  );
  return named?.title ?? `falha em ${fault.on}`;
};

/** What goes wrong next, for whoever is written to, and the limits that everybody meets. */
export function FaultPanel({ channel, settings }: { channel: string; settings: Settings }) {
  const [standing, setStanding] = useState<readonly StandingFault[]>([]);
  const read = () => control.faults().then(setStanding, () => setStanding([]));
  useEffect(() => {
    void control.faults().then(setStanding, () => setStanding([]));
  }, []);
  const arm = (fault: object) => control.addFault({ ...fault, channel }).then(read, () => {});
  const waiting = standing.filter(({ times, hits }) => times === 0 || hits < times);
  return (
    <div className="menu-form fault-panel">
      <h2>Falhas e limites</h2>
      <fieldset aria-label="Janela de 24 horas" className="segments">
        {WINDOWS.map(([value, label]) => (
          <button
            type="button"
            key={value}
            aria-pressed={settings.window === value}
            onClick={() => control.settings({ window: value })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <fieldset aria-label="Limites de envio" className="segments">
        {LIMITS.map(([label, limits]) => (
          <button
            type="button"
            key={label}
            aria-pressed={settings.limits.pairBurst === limits.pairBurst}
            onClick={() => control.settings({ limits })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <p>O que dá errado na próxima vez, com qualquer pessoa:</p>
      <ul className="faults">
        {NAMED_FAULTS.map(({ name, title, summary, fault }) => (
          <li key={name}>
            <button type="button" title={summary} onClick={() => arm(fault)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
      <p role="status">
        {waiting.length === 0 ? 'Nada armado.' : `Armado: ${waiting.map(titleOf).join(' · ')}`}
      </p>
      <button
        type="button"
        className="button"
        onClick={() => control.clearFaults().then(read, () => {})}
      >
        Desarmar tudo
      </button>
    </div>
  );
}
