import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import {
  focusRemovalRow,
  RemovalsDesk,
  type RemovalsSearch,
  useRemovalNeighbour,
} from '#features/removals/web/index.ts';
import { useKeys } from '../keys.ts';

const linkClass = 'text-accent-ink underline underline-offset-2';

/** `/solicitacoes`: what is asked to be removed; all that it shows is in its address. */
export function RemovalsPage() {
  const navigate = useNavigate();
  const search: RemovalsSearch = useSearch({ strict: false });
  const { requestId = null } = useParams({ strict: false });
  const neighbour = useRemovalNeighbour(search);
  const back = async () => {
    await navigate({ to: '/solicitacoes', search });
    if (!focusRemovalRow(requestId)) document.getElementById('main')?.focus();
  };
  const leave = () => void back();
  const go = (step: 1 | -1) => {
    const next = neighbour(requestId, step);
    if (next) {
      void navigate({
        to: '/solicitacoes/$requestId',
        params: { requestId: next },
        search,
        replace: requestId !== null,
      });
    }
  };
  useKeys({
    j: () => go(1),
    'Alt+J': () => go(1),
    k: () => go(-1),
    'Alt+K': () => go(-1),
    ...(requestId !== null && { Escape: leave }),
  });
  return (
    <RemovalsDesk
      search={search}
      onSearch={(next) => void navigate({ to: '.', search: next, replace: true })}
      requestId={requestId}
      onBack={leave}
      requestLink={(id, { className, isCurrent, children }) => (
        <Link
          to="/solicitacoes/$requestId"
          params={{ requestId: id }}
          search={search}
          className={className}
          aria-current={isCurrent ? 'true' : undefined}
        >
          {children}
        </Link>
      )}
      conversationLink={({ conversationId, contactId }, children) =>
        conversationId === null ? (
          <Link to="/contatos/$contactId" params={{ contactId }} className={linkClass}>
            {children}
          </Link>
        ) : (
          <Link to="/conversas/$conversationId" params={{ conversationId }} className={linkClass}>
            {children}
          </Link>
        )
      }
    />
  );
}
