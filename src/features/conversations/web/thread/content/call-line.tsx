import { Phone, PhoneCall, PhoneMissed, PhoneOff } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import type { ContentOf, Message } from '../../../contract.ts';
import { useCallText } from './call-text.ts';
import { Line } from './parts.tsx';

type Call = ContentOf<'call'>;

const icons: Record<NonNullable<Call['outcome']>, ReactElement> = {
  answered: <Phone />,
  missed: <PhoneMissed />,
  rejected: <PhoneOff />,
};

/** One line for the whole of a call; it changes as the call goes on. */
export function CallLine({
  content,
  direction,
  at,
  children,
}: {
  content: Call;
  direction: Message['direction'];
  at: string;
  children: ReactNode;
}) {
  const callText = useCallText();
  return (
    <Line
      icon={content.outcome === null ? <PhoneCall /> : icons[content.outcome]}
      words={callText(content, { direction, at })}
    >
      {children}
    </Line>
  );
}
