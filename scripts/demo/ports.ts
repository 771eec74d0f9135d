import { once } from 'node:events';
import { createServer } from 'node:net';
import { UserError } from '../program.ts';

/** Throws a UserError that names the port and the option to choose another one, if somebody listens on it already. */
export async function ensureFree(port: number, option: string): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code ?? 'unknown error'})`;
    throw new UserError(`port ${port} ${reason}; choose another with "npm start -- ${option} PORT"`);
  } finally {
    server.close();
  }
}
