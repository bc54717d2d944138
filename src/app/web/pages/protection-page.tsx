import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useChannels } from '#features/conversations/web/index.ts';
import {
  ProtectionScreen,
  type ProtectionSearch,
  useReadsReports,
} from '#features/reports/web/index.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';

/** `/relatorios/protecao`: figures of the whole team, for administrators. */
export function ProtectionPage() {
  const navigate = useNavigate();
  const search: ProtectionSearch = useSearch({ strict: false });
  const isAllowed = useReadsReports();
  const channels = useChannels(isAllowed).data?.items ?? [];
  return (
    <ProtectionScreen
      search={search}
      onSearch={(next) =>
        void navigate({ to: '/relatorios/protecao', search: next, replace: true })
      }
      channels={channels}
      isAllowed={isAllowed}
      wayOut={(words) => (
        <Link to="/conversas" className={buttonClass('plain')}>
          {words}
        </Link>
      )}
    />
  );
}
