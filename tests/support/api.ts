import {
  type RouteAnswer,
  type RouteName,
  type RouteRequest,
  routes,
} from '@diemcau/shared/protocol/http.ts';

type Request<N extends RouteName> = Partial<RouteRequest<N>> & { readonly token?: string };

/** Calls a route of the running product. @throws with the refusal's code and sentence when it says no. */
export async function call<N extends RouteName>(
  url: string,
  name: N,
  request: Request<N>,
): Promise<RouteAnswer<N>> {
  const route = routes[name];
  const params: Record<string, string> = request.params ?? {};
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => params[key] ?? '');
  const answer = await fetch(url + path, {
    method: route.method,
    headers: {
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(request.token === undefined ? {} : { authorization: `Bearer ${request.token}` }),
    },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${JSON.stringify(body)}`);
  return route.answer.parse(body) as RouteAnswer<N>;
}
