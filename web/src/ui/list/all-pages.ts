interface PageOf<Row> {
  data: Row[];
  pagination: { total_pages: number };
}

const MOST_PAGES = 200;

/** Every row of a paged list, page after page. */
export async function allPages<Row>(load: (page: number) => Promise<PageOf<Row>>): Promise<Row[]> {
  const first = await load(1);
  const rows = [...first.data];
  const last = Math.min(first.pagination.total_pages, MOST_PAGES);
  for (let page = 2; page <= last; page += 1) rows.push(...(await load(page)).data);
  return rows;
}
