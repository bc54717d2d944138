import { useSyncExternalStore } from 'react';

const isAttentive = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

const subscribe = (listener: () => void) => {
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
    document.removeEventListener('visibilitychange', listener);
  };
};

/** Whether somebody can be looking at this page: only then is a message taken for read. */
export const useAttention = (): boolean => useSyncExternalStore(subscribe, isAttentive);
