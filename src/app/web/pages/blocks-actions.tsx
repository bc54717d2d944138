import { TestNumberButton } from '#features/gate/web/index.ts';

/**
 * What can be done from the head of `/bloqueios`, left to right: each its own button, lazily loaded, and nothing where the
 * caller may not do it.
 */
export function BlocksActions() {
  return (
    <div className="flex flex-wrap items-center gap-2 empty:hidden">
      <TestNumberButton />
    </div>
  );
}
