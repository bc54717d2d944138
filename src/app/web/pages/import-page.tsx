import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { ImportScreen } from '#features/gate/web/index.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';

/** `/bloqueios/importar`; `?importacao=` is the one that is looked at. */
export function ImportPage() {
  const navigate = useNavigate();
  const { importacao } = useSearch({ strict: false });
  return (
    <ImportScreen
      importId={importacao}
      onOpen={(id) =>
        void navigate({
          to: '/bloqueios/importar',
          search: id === undefined ? {} : { importacao: id },
        })
      }
      back={(words) => (
        <Link to="/bloqueios" className={buttonClass('plain')}>
          <ArrowLeft className="size-4" />
          {words}
        </Link>
      )}
    />
  );
}
