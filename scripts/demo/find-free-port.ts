import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/**
 * Looks before anything is started whether the port can be listened on; 0 becomes one that can.
 * @throws Error with a line for people
 */
export async function findFreePort(host: string, port: number, flag: string): Promise<number> {
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, 'listening');
    return (probe.address() as AddressInfo).port;
  } catch (error) {
    const why = isTaken(error) ? 'is taken. End the program that uses it' : 'cannot be used';
    throw new Error(`Port ${port} ${why}, or choose another with ${flag}.`);
  } finally {
    probe.close();
  }
}
