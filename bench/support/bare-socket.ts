import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** The reference of the live bench: what its parent sends is broadcast, and nothing else is done. */
const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false });
process.on('message', (event) => io.emit('changes', event));
http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (typeof address === 'object' && address !== null) {
    process.send?.(`http://127.0.0.1:${address.port}`);
  }
});
