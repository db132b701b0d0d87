// Sends standard input to a prefork.py server and prints its answer: ask.mjs SOCKET. The server may still be starting.
import { connect } from "node:net";
import { text } from "node:stream/consumers";

const request = await text(process.stdin);
const until = Date.now() + 60_000;
attempt();

function attempt() {
  const socket = connect({ path: process.argv[2], allowHalfOpen: true }, () => {
    socket.pipe(process.stdout);
    socket.end(request);
  });
  socket.on("error", (error) => {
    if (Date.now() > until) throw error;
    setTimeout(attempt, 50);
  });
}
