import { Delayed, Skeleton } from '#platform/web/ui/skeleton.tsx';

export const Waiting = () => (
  <Delayed>
    <div className="flex flex-col gap-4 py-1">
      {['a', 'b', 'c'].map((row) => (
        <Skeleton key={row} className="h-11 w-full" />
      ))}
    </div>
  </Delayed>
);
