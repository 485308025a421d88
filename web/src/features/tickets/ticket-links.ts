const NUMBER = /(?<![\p{L}\p{N}_/-])#?((?:INC|REQ|PRB|CHG|TSK)-\d{6,9})(?![\p{L}\p{N}_/-])/gu;
/** Where a number is code, or a link already. */
const SKIPPED = 'a, code, pre';

/** The sanitised HTML with links around numbers of tickets; everything else stays as it is. */
export function withTicketLinks(html: string): string {
  if (html.search(NUMBER) === -1) return html;
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text && !node.parentElement?.closest(SKIPPED)) texts.push(node);
  }
  for (const text of texts) linkNumbers(text);
  return body.innerHTML;
}

function linkNumbers(text: Text): void {
  const parts: (string | Node)[] = [];
  let end = 0;
  for (const match of text.data.matchAll(NUMBER)) {
    const [whole, number = ''] = match;
    const link = text.ownerDocument.createElement('a');
    link.href = `/agent/incidents/${number}`;
    link.dataset.ticket = number;
    link.textContent = whole;
    parts.push(text.data.slice(end, match.index), link);
    end = match.index + whole.length;
  }
  if (parts.length > 0) text.replaceWith(...parts, text.data.slice(end));
}
