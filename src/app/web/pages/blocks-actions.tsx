import { Link } from '@tanstack/react-router';
import { ListsActions, TestNumberButton } from '#features/gate/web/index.ts';
import { buttonClass } from '#platform/web/ui/button.tsx';
import { toContact } from './to-contact.tsx';

/**
 * What can be done from the head of `/bloqueios`, left to right: each its own button, lazily loaded, and nothing where the
 * caller may not do it.
 */
export function BlocksActions() {
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      <TestNumberButton contactLink={toContact} />
      <ListsActions
        toImport={(words) => (
          <Link to="/bloqueios/importar" className={buttonClass('plain')}>
            {words}
          </Link>
        )}
      />
    </div>
  );
}
