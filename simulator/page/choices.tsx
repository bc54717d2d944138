import { ExternalLink, List, Phone, PhoneOff, Reply } from 'lucide-react';
import { Menu } from './menu.tsx';
import type { CardButton, ThreadItem } from './wire-types.ts';

type Does = (spec: Record<string, unknown>) => void;

interface ChoicesProps {
  item: ThreadItem;
  does: Does;
}

/** What pressing a button of the business sends. */
function answerTo(item: ThreadItem, button: CardButton): Record<string, unknown> {
  const replyTo = item.id;
  const { id, title, kind } = button;
  if (kind === 'reply') return { type: 'button_reply', replyTo, payload: id, title };
  if (kind === 'quick_reply') return { type: 'button', replyTo, payload: id, text: title };
  if (id === 'location_request_message') return { type: 'location', replyTo };
  if (id === 'request_contact_info') return { type: 'contacts', replyTo, contactRequest: true };
  return { type: 'flow_reply', replyTo };
}

function Choice({ item, button, does }: ChoicesProps & { button: CardButton }) {
  if (button.kind === 'url') {
    return (
      <a className="choice" href={button.url ?? '#'} target="_blank" rel="noreferrer">
        <ExternalLink size={14} aria-hidden="true" /> {button.title}
      </a>
    );
  }
  if (button.kind === 'phone') {
    return (
      <button type="button" className="choice" onClick={() => does({ type: 'call' })}>
        <Phone size={14} aria-hidden="true" /> {button.title}
      </button>
    );
  }
  return (
    <button type="button" className="choice" onClick={() => does(answerTo(item, button))}>
      <Reply size={14} aria-hidden="true" /> {button.title}
    </button>
  );
}

function ListChoice({ item, does }: ChoicesProps) {
  const list = item.card?.list;
  if (list === undefined) return null;
  return (
    <Menu
      label={list.button}
      className="choice"
      face={
        <>
          <List size={14} aria-hidden="true" /> {list.button}
        </>
      }
    >
      {(close) => (
        <div className="rows">
          {list.sections.map((section) => (
            <section key={section.title ?? ''}>
              {section.title !== null && <h3>{section.title}</h3>}
              {section.rows.map(({ id, title, description }) => (
                <button
                  type="button"
                  className="menu-item"
                  key={id}
                  onClick={() => {
                    const more = description === null ? {} : { description };
                    does({ type: 'list_reply', replyTo: item.id, payload: id, title, ...more });
                    close();
                  }}
                >
                  <span className="card-lines">
                    <span>{title}</span>
                    {description !== null && <small>{description}</small>}
                  </span>
                </button>
              ))}
            </section>
          ))}
        </div>
      )}
    </Menu>
  );
}

/** A call that still rings can be ended. */
function HangUp({ item, does }: ChoicesProps) {
  const end = () => {
    const duration = Math.max(1, Math.round((Date.now() - item.at) / 1_000));
    does({ type: 'call', id: item.id, callEvent: 'terminate', duration });
  };
  return (
    <button type="button" className="choice" onClick={end}>
      <PhoneOff size={14} aria-hidden="true" /> Desligar
    </button>
  );
}

/** What can be pressed under a message. */
export function Choices({ item, does }: ChoicesProps) {
  const buttons = item.card?.buttons ?? [];
  const isRinging = item.kind === 'call' && item.text === 'Ligação em curso';
  if (buttons.length === 0 && item.card?.list === undefined && !isRinging) return null;
  return (
    <div className="choices">
      {buttons.map((button) => (
        <Choice key={`${button.id} ${button.title}`} item={item} button={button} does={does} />
      ))}
      <ListChoice item={item} does={does} />
      {isRinging && <HangUp item={item} does={does} />}
    </div>
  );
}
