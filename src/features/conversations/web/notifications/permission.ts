import { useEffect, useState } from 'react';

/**
 * What the browser says of notifications: `insecure`, the address is not https, so it has none · `unsupported`, it has none at
 * all · `default`, nobody was asked yet.
 */
export type Permission = NotificationPermission | 'insecure' | 'unsupported';

const read = (): Permission => {
  if (!window.isSecureContext) return 'insecure';
  const hasAll = 'Notification' in window && 'serviceWorker' in navigator && 'locks' in navigator;
  return hasAll ? Notification.permission : 'unsupported';
};

/** Also told when it is changed in the settings of the browser while the page is open. */
export function usePermission(): [Permission, () => Promise<Permission>] {
  const [permission, setPermission] = useState(read);
  useEffect(() => {
    const readAgain = () => setPermission(read());
    let status: PermissionStatus | undefined;
    navigator.permissions?.query({ name: 'notifications' }).then(
      (answer) => {
        status = answer;
        status.addEventListener('change', readAgain);
      },
      // Not every browser tells; the window's coming back to the front does as well.
      () => undefined,
    );
    window.addEventListener('focus', readAgain);
    return () => {
      status?.removeEventListener('change', readAgain);
      window.removeEventListener('focus', readAgain);
    };
  }, []);
  const ask = async (): Promise<Permission> => {
    await Notification.requestPermission();
    const answer = read();
    setPermission(answer);
    return answer;
  };
  return [permission, ask];
}
