// A simulated message centre of an operator, speaking SMPP 3.4 on loopback. One port for each operator.
// Commands come as lines of JSON on stdin, events leave as lines of JSON on stdout.
import { createInterface } from "node:readline";
import smpp from "smpp";

const [, , ...operators] = process.argv;
const sessions = new Map();
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
let names = 0;

for (const operator of operators) {
  const server = smpp.createServer((session) => {
    session.unanswered = new Set();
    session.on("error", () => sessions.delete(operator));
    session.on("close", () => {
      if (sessions.get(operator) === session) sessions.delete(operator);
      const left = [...session.unanswered];
      session.unanswered.clear();
      for (const again of left) again();
    });
    session.on("bind_transceiver", (pdu) => {
      session.send(pdu.response({ system_id: operator }));
      sessions.set(operator, session);
      tell({ bound: operator });
    });
    session.on("enquire_link", (pdu) => session.send(pdu.response()));
    session.on("unbind", (pdu) => session.send(pdu.response()));
    session.on("submit_sm", (pdu) => submitted(operator, session, pdu));
  });
  server.listen(0, "127.0.0.1", () => tell({ listening: operator, port: server.server?.address().port ?? server.address().port }));
}

function submitted(operator, session, pdu) {
  const id = `${operator}-${++names}`;
  const { message, udh } = pdu.short_message;
  session.send(pdu.response({ message_id: id }));
  const text = Buffer.isBuffer(message) ? message.toString("hex") : message;
  tell({ mt: id, smsc: operator, from: pdu.source_addr, to: pdu.destination_addr, text, coding: pdu.data_coding, udh: udh?.map?.((part) => part.toString("hex")) ?? null });
  if (pdu.registered_delivery) receipt(operator, pdu, id);
}

function receipt(operator, pdu, id) {
  deliver(operator, {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:DELIVRD err:000 text:`,
    receipted_message_id: id,
    message_state: 2,
  }, () => tell({ told: id }));
}

// As a message centre does: what Kannel has not said that it has, is brought again, over the next link if need be.
function deliver(operator, message, taken) {
  const again = () => setTimeout(() => deliver(operator, message, taken), 300);
  const session = sessions.get(operator);
  if (!session) return again();
  session.unanswered.add(again);
  session.deliver_sm({ ...message }, (answer) => {
    if (!session.unanswered.delete(again)) return;
    answer.command_status === 0 ? taken() : again();
  });
}

const commands = {
  // A telephone writes.
  mo({ name, smsc, from, to, text, ucs2, part }) {
    const words = ucs2 ? Buffer.from(text, "utf16le").swap16() : text;
    const short_message = part ? { udh: Buffer.from([5, 0, 3, part.ref, part.of, part.number]), message: words } : { message: words };
    const about = { source_addr: from, source_addr_ton: 1, source_addr_npi: 1, destination_addr: to };
    const coded = { esm_class: part ? 0x40 : 0, data_coding: ucs2 ? 8 : 0, short_message };
    deliver(smsc, { ...about, ...coded }, () => tell({ taken: name }));
  },
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on("close", () => process.exit(0));
