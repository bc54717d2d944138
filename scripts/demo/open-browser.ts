import { spawn } from 'node:child_process';

function hasDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION } = process.env;
  if (process.platform === 'darwin') return SSH_CONNECTION === undefined;
  return Boolean(DISPLAY || WAYLAND_DISPLAY);
}

/** Shows the page where somebody sits; a machine without a display or a browser is none the worse. */
export function openBrowser(url: string): void {
  if (process.env['CI'] || !hasDisplay()) return;
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}
