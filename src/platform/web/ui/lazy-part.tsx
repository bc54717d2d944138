import { Component, type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../http.ts';
import { ErrorState } from './states.tsx';
import { showToast } from './toast.tsx';

/** How the part is fetched, and once it is here, the part itself. */
interface Source<P> {
  fetchPart: () => Promise<ComponentType<P>>;
  Part?: ComponentType<P>;
}

type State<P> = { Part: ComponentType<P> } | 'loading' | 'failed';

/**
 * Chromium remembers until the page is loaded anew that a file could not be fetched. So nothing is fetched while the
 * browser itself says that it is offline: then the next time still works.
 */
const fetchOnline = <M,>(load: () => Promise<M>): Promise<M> =>
  navigator.onLine ? load() : Promise.reject(new ApiProblem(0, { code: 'network' }));

/** Fetches what will be wanted soon; a failure shows when it is really wanted. */
export const fetchAhead = (load: () => Promise<unknown>): void => {
  fetchOnline(load).catch(() => undefined);
};

const sourceOf = <M, P>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType<P>,
): Source<P> => ({ fetchPart: async () => pick(await fetchOnline(load)) });

/** `React.lazy` remembers a failure for ever; this one asks again the next time it is drawn, or when told to. */
function usePart<P>(source: Source<P>) {
  const [state, setState] = useState<State<P>>(source.Part ? { Part: source.Part } : 'loading');
  useEffect(() => {
    if (state !== 'loading') return;
    let isHere = true;
    source.fetchPart().then(
      (Part) => {
        source.Part = Part;
        if (isHere) setState({ Part });
      },
      () => isHere && setState('failed'),
    );
    return () => {
      isHere = false;
    };
  }, [state, source]);
  return { state, again: () => setState('loading') };
}

interface FrameProps<P> {
  source: Source<P>;
  given: P;
  whileLoading: ReactNode;
}

type PartProps<P> = P & { whileLoading?: ReactNode };
type PopupProps<P> = PartProps<P> & { onFailed: () => void };

/** A part of a page that is fetched when it is first drawn. Where it would stand it says what failed. */
export function lazyPart<M, P extends object>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType<P>,
): ComponentType<PartProps<P>> {
  const source = sourceOf(load, pick);
  return (given) => (
    <PartFrame source={source} given={given} whileLoading={given.whileLoading ?? null} />
  );
}

function PartFrame<P extends object>({ source, given, whileLoading }: FrameProps<P>) {
  const { t } = useTranslation('platform');
  const { state, again } = usePart(source);
  if (state === 'loading') return whileLoading;
  if (state !== 'failed') return <state.Part {...given} />;
  const error = new ApiProblem(0, { code: 'network' });
  return <ErrorState title={t('part-failed')} error={error} onRetry={again} />;
}

/** A dialog, menu or picker that is fetched when it is first opened. A failure closes it and says so; nothing else falls. */
export function lazyPopup<M, P extends object>(
  load: () => Promise<M>,
  pick: (module: M) => ComponentType<P>,
): ComponentType<PopupProps<P>> {
  const source = sourceOf(load, pick);
  return (given) => (
    <PopupFrame
      source={source}
      given={given}
      whileLoading={given.whileLoading ?? null}
      onFailed={given.onFailed}
    />
  );
}

function PopupFrame<P extends object>({
  source,
  given,
  whileLoading,
  onFailed,
}: FrameProps<P> & { onFailed: () => void }) {
  const { state } = usePart(source);
  const fail = useFailure(onFailed);
  useEffect(() => {
    if (state === 'failed') fail();
  }, [state, fail]);
  if (state === 'loading' || state === 'failed') return whileLoading;
  return (
    <Boundary onFailed={fail}>
      <state.Part {...given} />
    </Boundary>
  );
}

function useFailure(onFailed: () => void): () => void {
  const { t } = useTranslation('platform');
  const tell = () => {
    if (!navigator.onLine) showToast(t('part-offline'));
    else {
      const action = { label: t('reload'), onAct: () => location.reload() };
      showToast(t('part-failed'), { action, milliseconds: 10_000 });
    }
    onFailed();
  };
  const latest = useRef(tell);
  latest.current = tell;
  const [fail] = useState(() => () => latest.current());
  return fail;
}

class Boundary extends Component<{ onFailed: () => void; children: ReactNode }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override componentDidCatch() {
    this.props.onFailed();
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children;
  }
}
