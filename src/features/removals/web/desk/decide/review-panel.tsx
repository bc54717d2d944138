import type { RemovalRequest } from '../../../contract.ts';
import { isWaiting } from '../request-facts.tsx';
import { ContextThread } from './context-thread.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { NamePanel } from './name-panel.tsx';
import { useDecision } from './use-decision.ts';

/** What was asked to go, in its place, and the decision about it. */
export function ReviewPanel({ request }: { request: RemovalRequest }) {
  const decision = useDecision();
  if (request.name) return <NamePanel request={request} name={request.name} />;
  const isOpen = isWaiting(request.state);
  return (
    <>
      <ContextThread request={request} decision={isOpen ? decision : null} />
      {isOpen && <DecisionPanel request={request} decision={decision} />}
    </>
  );
}
