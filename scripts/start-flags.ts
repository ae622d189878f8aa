/** What `npm start -- …` understands, beside the variables of `.env.example`. */
export const helpText = `npm start -- [--lan] [--port <number>]

  --lan            mở cho mạng nội bộ qua TLS với chứng thư tự tạo
                   open to the local network over TLS with a generated certificate
  --port <number>  cổng lắng nghe (mặc định 3000)
                   port to listen on (3000 unless given)`;

/** The variables that flags stand for, or a sentence for a flag that nobody knows. */
export type StartFlags = { help: boolean; variables: Record<string, string> } | { fault: string };

/** Translates the flags of `npm start` into environment variables of the server. */
export function environmentOf(args: readonly string[]): StartFlags {
  const variables: Record<string, string> = {};
  let help = false;
  const rest = [...args];
  for (let flag = rest.shift(); flag !== undefined; flag = rest.shift()) {
    const [name, inline] = flag.split('=', 2);
    if (name === '--lan') variables.LAN = '1';
    else if (name === '--help' || name === '-h') help = true;
    else if (name === '--port') {
      const port = inline ?? rest.shift() ?? '';
      if (!/^\d{1,5}$/.test(port)) return { fault: `--port ${port}: cần một số / needs a number` };
      variables.PORT = port;
    } else return { fault: `Không hiểu tuỳ chọn ${flag} / unknown option ${flag}` };
  }
  return { help, variables };
}
