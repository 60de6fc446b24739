// A simulated message centre of an operator, speaking SMPP 3.4 on loopback. One port for each operator.
// Commands come as lines of JSON on stdin, events leave as lines of JSON on stdout.
import { createInterface } from "node:readline";
import smpp from "smpp";

const [, , ...operators] = process.argv;
const sessions = new Map();
const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
let names = 0;
let silent = false;

for (const operator of operators) {
  const server = smpp.createServer((session) => {
    session.on("error", () => sessions.delete(operator));
    session.on("close", () => sessions.get(operator) === session && sessions.delete(operator));
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
  if (pdu.registered_delivery && !silent) receipt(session, pdu, id, "DELIVRD");
}

function receipt(session, pdu, id, state) {
  session.deliver_sm({
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: `id:${id} sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:${state} err:000 text:`,
    receipted_message_id: id,
    message_state: state === "DELIVRD" ? 2 : 5,
  });
}

const commands = {
  // A telephone writes. The message leaves only once Kannel has said that it has it; until then it is tried again.
  mo({ name, smsc, from, to, text, ucs2, part }) {
    const session = sessions.get(smsc);
    const again = () => setTimeout(() => commands.mo({ name, smsc, from, to, text, ucs2, part }), 300);
    if (!session) return again();
    const message = ucs2 ? Buffer.from(text, "utf16le").swap16() : text;
    const short_message = part ? { udh: Buffer.from([5, 0, 3, part.ref, part.of, part.number]), message } : { message };
    let answered = false;
    const lost = () => answered || ((answered = true), again());
    session.once("close", lost);
    session.deliver_sm(
      { source_addr: from, source_addr_ton: 1, source_addr_npi: 1, destination_addr: to, esm_class: part ? 0x40 : 0, data_coding: ucs2 ? 8 : 0, short_message },
      (answer) => {
        session.off("close", lost);
        if (answered) return;
        answered = true;
        answer.command_status === 0 ? tell({ taken: name }) : again();
      },
    );
  },
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on("close", () => process.exit(0));
