import { useState } from 'react';
import { useLiveState } from './live-state.ts';
import { LogPanel } from './log-panel.tsx';
import { PhoneCard } from './phone-card.tsx';
import { TopBar } from './top-bar.tsx';

type Side = 'phones' | 'log';

/** The whole page: the bar, up to four phones, the log. Narrow screens show one side at a time. */
export function Desk() {
  const state = useLiveState();
  const [chosen, setChosen] = useState('');
  const [side, setSide] = useState<Side>('phones');
  const channel = state.channels.some(({ phoneNumberId }) => phoneNumberId === chosen)
    ? chosen
    : (state.channels[0]?.phoneNumberId ?? '');
  return (
    <div className={`page show-${side}`}>
      <TopBar {...state} channel={channel} onChannel={setChosen} />
      {!state.isConnected && (
        <p className="offline" role="status">
          Sem conexão com o simulador. Reconectando…
        </p>
      )}
      <nav className="sides" aria-label="Parte da tela">
        {(['phones', 'log'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={side === one} onClick={() => setSide(one)}>
            {one === 'phones' ? 'Celulares' : 'Registro'}
          </button>
        ))}
      </nav>
      <main className="stage">
        <div className={`desk count-${state.phones.length}`}>
          {state.isReady && state.phones.length === 0 && (
            <p className="empty-desk">
              A mesa está vazia. Adicione um celular em <b>+ Celular</b> ou comece um roteiro.
            </p>
          )}
          {state.phones.map((phone) => (
            <PhoneCard key={phone.id} phone={phone} channel={channel} />
          ))}
        </div>
        <LogPanel log={state.log} />
      </main>
    </div>
  );
}
