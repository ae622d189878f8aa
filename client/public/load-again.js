// Before any other script. A part of the page may not arrive, as when the telephone changes its network meanwhile, and would leave
// it blank: then the page is loaded again, three times at most, and says so when that did not help.
(() => {
  const key = 'loadedAgain';
  const words =
    'Trang chưa tải được. Đề nghị đồng chí kiểm tra mạng rồi tải lại trang. · The page could not be loaded. Please check your network, then load it again.';
  const drawn = () => document.getElementById('root')?.hasChildNodes() === true;
  let asked = false;
  const again = () => {
    if (asked || drawn()) return;
    asked = true;
    if (!navigator.onLine) return addEventListener('online', () => location.reload(), { once: true });
    const times = Number(sessionStorage.getItem(key));
    if (times >= 3) {
      sessionStorage.removeItem(key);
      document.getElementById('root').textContent = words;
      return;
    }
    sessionStorage.setItem(key, String(times + 1));
    location.reload();
  };
  addEventListener(
    'error',
    ({ target }) => {
      if (target instanceof HTMLScriptElement) setTimeout(again, 1_000);
    },
    true,
  );
  addEventListener('load', () => {
    setTimeout(() => (drawn() ? sessionStorage.removeItem(key) : again()), 3_000);
  });
})();
