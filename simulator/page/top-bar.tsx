import {
  Clapperboard,
  Moon,
  Pause,
  Play,
  Plus,
  RotateCcw,
  Square,
  Sun,
  TriangleAlert,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { AddPhone } from './add-phone.tsx';
import { ChannelLine } from './channel-line.tsx';
import { control } from './control.ts';
import { FaultPanel } from './fault-panel.tsx';
import type { LiveState } from './live-state.ts';
import { Menu } from './menu.tsx';
import type { Scenario, Settings } from './wire-types.ts';

const PACES = [
  ['Rápido', { sentMs: 10, deliveredMs: 20, readMs: 30 }],
  ['Natural', { sentMs: 300, deliveredMs: 900, readMs: 2_500 }],
  ['Lento', { sentMs: 1_500, deliveredMs: 4_000, readMs: 8_000 }],
] as const;

function Scenarios({ scenarios }: { scenarios: readonly Scenario[] }) {
  const running = scenarios.filter(({ isRunning }) => isRunning).length;
  return (
    <Menu
      label="Roteiros"
      className="button quiet"
      face={
        <>
          <Clapperboard size={16} strokeWidth={1.75} aria-hidden="true" /> Roteiros
          {running > 0 && <span className="count">{running}</span>}
        </>
      }
    >
      {() => (
        <ul className="scenarios">
          {scenarios.map(({ name, title, summary, isRunning }) => (
            <li key={name}>
              <div>
                <b>{title}</b>
                <p>{summary}</p>
              </div>
              <button
                type="button"
                className={`icon-button ${isRunning ? 'is-off' : ''}`}
                aria-label={`${isRunning ? 'Parar' : 'Começar'}: ${title}`}
                onClick={() => (isRunning ? control.stop(name) : control.play(name))}
              >
                {isRunning ? (
                  <Square size={16} aria-hidden="true" />
                ) : (
                  <Play size={16} aria-hidden="true" />
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Menu>
  );
}

function Pace({ settings }: { settings: Settings }) {
  return (
    <fieldset className="segments" aria-label="Ritmo das confirmações">
      {PACES.map(([label, statuses]) => (
        <button
          type="button"
          key={label}
          aria-pressed={settings.statuses.deliveredMs === statuses.deliveredMs}
          onClick={() => control.settings({ statuses })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function ThemeButton() {
  const [isDark, setDark] = useState(
    () => window.matchMedia('(prefers-color-scheme: dark)').matches,
  );
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);
  const Icon = isDark ? Sun : Moon;
  const label = isDark ? 'Tema claro' : 'Tema escuro';
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => setDark(!isDark)}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

interface TopBarProps extends LiveState {
  channel: string;
  onChannel: (phoneNumberId: string) => void;
}

/** Name, business number, and the switches of the whole stage. */
export function TopBar(props: TopBarProps) {
  const { settings, scenarios, phones, others } = props;
  const isPaused = settings.webhooks.paused;
  const pause = isPaused ? 'Soltar os webhooks' : 'Segurar os webhooks';
  return (
    <header className="top-bar">
      <div className="title">
        <img src="mark.svg" alt="" width="24" height="24" />
        <h1>Simulador de WhatsApp</h1>
      </div>
      <ChannelLine {...props} />
      <div className="tools">
        <Pace settings={settings} />
        <Scenarios scenarios={scenarios} />
        <Menu
          label="Falhas e limites"
          face={<TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />}
        >
          {() => <FaultPanel channel={props.channel} settings={settings} />}
        </Menu>
        {phones.length < 4 && (
          <Menu
            label="Adicionar celular"
            className="button quiet"
            face={
              <>
                <Plus size={16} strokeWidth={1.75} aria-hidden="true" /> Celular
              </>
            }
          >
            {(close) => <AddPhone others={others} onDone={close} />}
          </Menu>
        )}
      </div>
      <div className="switches">
        <button
          type="button"
          className={`icon-button ${isPaused ? 'is-off' : ''}`}
          aria-label={pause}
          aria-pressed={isPaused}
          title={pause}
          onClick={() => control.settings({ webhooks: { paused: !isPaused } })}
        >
          {isPaused ? (
            <Play size={18} aria-hidden="true" />
          ) : (
            <Pause size={18} aria-hidden="true" />
          )}
        </button>
        <Menu
          label="Recomeçar"
          face={<RotateCcw size={18} strokeWidth={1.75} aria-hidden="true" />}
        >
          {(close) => (
            <div className="menu-form">
              <p>Apaga as conversas, a lista de bloqueio e o registro do simulador.</p>
              <button
                type="button"
                className="button"
                onClick={() => {
                  control.reset();
                  close();
                }}
              >
                Recomeçar do zero
              </button>
            </div>
          )}
        </Menu>
        <ThemeButton />
      </div>
    </header>
  );
}
