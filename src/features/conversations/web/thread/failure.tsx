import { Link } from '@tanstack/react-router';
import { createContext, useContext } from 'react';
import { useBlockBehind, useSeesBlockDetails } from '#features/gate/web/index.ts';
import type { Message } from '../../contract.ts';
import { useFailureText } from './message-words.ts';

/** Whose thread it is: which block stopped a message is looked up by it. Null where messages stand outside their thread. */
export const FailureContact = createContext<string | null>(null);

/** Why it did not go out, in one plain sentence; of a block whoever may know it reads which one. */
export function Failure({ message }: { message: Message }) {
  const failureText = useFailureText();
  const contactId = useContext(FailureContact);
  const seesDetails = useSeesBlockDetails();
  const code = message.error?.code;
  return (
    <div className="mt-1.5 text-preview">
      <p className="font-medium text-ink">{failureText(code)}</p>
      {code === 'contact-blocked' && seesDetails && contactId && (
        <WhichBlock contactId={contactId} at={message.at} />
      )}
    </div>
  );
}

/** One line high from the start, so that nothing moves when it is known. */
function WhichBlock({ contactId, at }: { contactId: string; at: string }) {
  const block = useBlockBehind(contactId, at);
  return (
    <p className="min-h-[1.25rem] text-meta text-ink-soft tabular-nums">
      {block && (
        <Link
          to="/bloqueios"
          search={{ aba: 'todos', busca: contactId }}
          className="underline underline-offset-2 hover:text-ink"
        >
          {block}
        </Link>
      )}
    </p>
  );
}
