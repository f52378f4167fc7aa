//! Which status everybody gets from every operation.

/// Who calls, in the order of the columns: nobody known; a key with a wrong secret; the first of the two headers alone;
/// the key of another organization; the key of the organization; a clerk of another organization; the super-admin, who
/// belongs to no organization; a clerk and the owner of the organization.
pub const CALLERS: [&str; 9] = ["nobody", "bad", "half", "key2", "key", "clerk2", "admin", "clerk", "owner"];

/// The callers who may not know of a draft of the organization.
pub const STRANGERS: [&str; 6] = ["nobody", "bad", "half", "key2", "clerk2", "admin"];

/// One line per operation and state of the order that it is about: `draft`, `public` (published, with changes that
/// nobody published), or `any` when it is about no order in particular.
const TABLE: &str = "
GET    /api/app/me                                                              any     401 401 401 401 401 200 200 200 200
GET    /api/app/session                                                         any     200 200 200 200 200 200 200 200 200
GET    /api/app/organizations                                                   any     401 401 401 401 401 200 200 200 200
GET    /api/app/map/drafts                                                      any     401 401 401 401 401 200 200 200 200
GET    /api/app/organizations/{uuid}                                            any     401 401 401 401 401 403 403 200 200
GET    /api/app/organizations/{uuid}/next-identifier                            any     401 401 401 401 401 404 404 200 200
GET    /api/app/organizations/{uuid}/api-clients                                any     401 401 401 401 401 403 403 200 200
POST   /api/app/organizations/{uuid}/api-clients                                any     401 401 401 401 401 403 403 201 201
DELETE /api/app/organizations/{uuid}/api-clients/{apiClientUuid}                any     401 401 401 401 401 403 403 204 204
POST   /api/app/organizations/{uuid}/api-clients/{apiClientUuid}/regenerate     any     401 401 401 401 401 403 403 200 200
GET    /api/app/regulation-records                                              draft   200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records                                              public  200 200 200 200 200 200 200 200 200
POST   /api/app/regulation-records                                              any     401 401 401 401 401 403 403 201 201
GET    /api/app/regulation-records/{uuid}                                       draft   404 404 404 404 404 404 404 200 200
GET    /api/app/regulation-records/{uuid}                                       public  200 200 200 200 200 200 200 200 200
PATCH  /api/app/regulation-records/{uuid}                                       draft   401 401 401 401 401 404 404 200 200
PATCH  /api/app/regulation-records/{uuid}                                       public  401 401 401 401 401 403 403 200 200
DELETE /api/app/regulation-records/{uuid}                                       draft   401 401 401 401 401 404 404 204 204
DELETE /api/app/regulation-records/{uuid}                                       public  401 401 401 401 401 403 403 204 204
POST   /api/app/regulation-records/{uuid}/publish                               draft   401 401 401 401 401 404 404 200 200
POST   /api/app/regulation-records/{uuid}/publish                               public  401 401 401 401 401 403 403 200 200
POST   /api/app/regulation-records/{uuid}/repeal                                draft   401 401 401 401 401 404 404 409 409
POST   /api/app/regulation-records/{uuid}/repeal                                public  401 401 401 401 401 403 403 200 200
POST   /api/app/regulation-records/{uuid}/duplicate                             draft   401 401 401 401 401 404 404 201 201
POST   /api/app/regulation-records/{uuid}/duplicate                             public  401 401 401 401 401 403 403 201 201
GET    /api/app/regulation-records/{uuid}/history                               draft   401 401 401 401 401 404 404 200 200
GET    /api/app/regulation-records/{uuid}/history                               public  401 401 401 401 401 403 403 200 200
POST   /api/app/regulation-records/{uuid}/measures                              draft   401 401 401 401 401 404 404 200 200
POST   /api/app/regulation-records/{uuid}/measures                              public  401 401 401 401 401 403 403 200 200
GET    /api/app/regulation-records/{uuid}/measures/{measure}                    draft   404 404 404 404 404 404 404 200 200
GET    /api/app/regulation-records/{uuid}/measures/{measure}                    public  200 200 200 200 200 200 200 200 200
PUT    /api/app/regulation-records/{uuid}/measures/{measure}                    draft   401 401 401 401 401 404 404 200 200
PUT    /api/app/regulation-records/{uuid}/measures/{measure}                    public  401 401 401 401 401 403 403 200 200
DELETE /api/app/regulation-records/{uuid}/measures/{measure}                    draft   401 401 401 401 401 404 404 200 200
DELETE /api/app/regulation-records/{uuid}/measures/{measure}                    public  401 401 401 401 401 403 403 200 200
POST   /api/app/regulation-records/{uuid}/measures/{measure}/duplicate          draft   401 401 401 401 401 404 404 200 200
POST   /api/app/regulation-records/{uuid}/measures/{measure}/duplicate          public  401 401 401 401 401 403 403 200 200
PUT    /api/app/regulation-records/{uuid}/storage                               draft   401 401 401 401 401 404 404 200 200
PUT    /api/app/regulation-records/{uuid}/storage                               public  401 401 401 401 401 403 403 200 200
DELETE /api/app/regulation-records/{uuid}/storage                               draft   401 401 401 401 401 404 404 200 200
DELETE /api/app/regulation-records/{uuid}/storage                               public  401 401 401 401 401 403 403 200 200
GET    /api/app/regulation-records/{uuid}/storage/file                          draft   404 404 404 404 404 404 404 200 200
GET    /api/app/regulation-records/{uuid}/storage/file                          public  200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records/{uuid}/diffusion                             draft   404 404 404 404 404 404 404 200 200
GET    /api/app/regulation-records/{uuid}/diffusion                             public  200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records/{uuid}/versions                              draft   404 404 404 404 404 404 404 200 200
GET    /api/app/regulation-records/{uuid}/versions                              public  200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records/{uuid}/versions/{number}                     draft   404 404 404 404 404 404 404 404 404
GET    /api/app/regulation-records/{uuid}/versions/{number}                     public  200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records/{uuid}/versions/{number}/difference?with=1   draft   404 404 404 404 404 404 404 404 404
GET    /api/app/regulation-records/{uuid}/versions/{number}/difference?with=1   public  200 200 200 200 200 200 200 200 200
GET    /api/app/regulation-records/{uuid}/versions/{number}/difference?with=working-copy public 404 404 404 404 404 404 404 200 200
POST   /api/login                                                               any     200 200 200 200 200 200 200 200 200
POST   /api/logout                                                              any     204 204 204 204 204 204 204 204 204

POST   /api/regulations                                                         any     401 401 401 201 201 401 401 401 401
PUT    /api/regulations                                                         draft   401 401 401 404 200 401 401 401 401
PUT    /api/regulations                                                         public  401 401 401 404 200 401 401 401 401
GET    /api/regulations/{identifier}                                            draft   401 401 401 404 200 401 401 401 401
GET    /api/regulations/{identifier}                                            public  401 401 401 404 200 401 401 401 401
DELETE /api/regulations/{identifier}                                            draft   401 401 401 404 204 401 401 401 401
DELETE /api/regulations/{identifier}                                            public  401 401 401 404 204 401 401 401 401
PUT    /api/regulations/publish/{identifier}                                    draft   401 401 401 404 200 401 401 401 401
PUT    /api/regulations/publish/{identifier}                                    public  401 401 401 404 200 401 401 401 401
PUT    /api/regulations/repeal/{identifier}                                     draft   401 401 401 404 409 401 401 401 401
PUT    /api/regulations/repeal/{identifier}                                     public  401 401 401 404 200 401 401 401 401
GET    /api/regulations/{identifier}/storage                                    draft   401 401 401 404 200 401 401 401 401
GET    /api/regulations/{identifier}/storage                                    public  401 401 401 404 200 401 401 401 401
POST   /api/regulations/{identifier}/storage                                    draft   401 401 401 404 200 401 401 401 401
POST   /api/regulations/{identifier}/storage                                    public  401 401 401 404 200 401 401 401 401
DELETE /api/regulations/{identifier}/storage                                    draft   401 401 401 404 204 401 401 401 401
DELETE /api/regulations/{identifier}/storage                                    public  401 401 401 404 204 401 401 401 401
GET    /api/organization/identifiers                                            draft   401 401 401 200 200 401 401 401 401
GET    /api/organization/regulations                                            draft   401 401 401 200 200 401 401 401 401
GET    /api/organization/regulations                                            public  401 401 401 200 200 401 401 401 401
GET    /api/documents/{uuid}                                                    draft   404 401 404 404 200 404 404 404 404
GET    /api/documents/{uuid}                                                    public  200 401 200 200 200 200 200 200 200
GET    /api/regulations.xml                                                     draft   200 401 200 200 200 200 200 200 200
GET    /api/regulations.xml                                                     public  200 401 200 200 200 200 200 200 200
GET    /api/regulations/cifs.xml                                                any     200 401 200 200 200 200 200 200 200
GET    /api/datex/{uuid}.xml                                                    draft   404 401 404 404 404 404 404 404 404
GET    /api/datex/{uuid}.xml                                                    public  200 401 200 200 200 200 200 200 200
GET    /api/changes                                                             any     200 401 200 200 200 200 200 200 200
GET    /api/restrictions.geojson                                                any     200 401 200 200 200 200 200 200 200
GET    /api/restrictions.csv                                                    any     200 401 200 200 200 200 200 200 200
GET    /api/regulations/search?status=all                                       draft   200 401 200 200 200 200 200 200 200
GET    /api/regulations/search?status=all                                       public  200 401 200 200 200 200 200 200 200

GET    /api/publishers                                                          any     200 401 200 200 200 200 200 200 200
GET    /api/health                                                              any     200 401 200 200 200 200 200 200 200
GET    /api/geo/cities?search=Demo                                              any     200 401 200 200 200 200 200 200 200
GET    /api/geo/streets?search=republique&cityCode=00001                        any     200 401 200 200 200 200 200 200 200
GET    /api/geo/streets/{roadBanId}/house-numbers                               any     200 401 200 200 200 200 200 200 200
GET    /api/geo/streets/{roadBanId}/intersections                               any     200 401 200 200 200 200 200 200 200
GET    /api/geo/location-geometry?roadType=lane&cityCode=00001&roadBanId={roadBanId} any 200 401 200 200 200 200 200 200 200
POST   /api/geo/location-geometry any 200 401 200 200 200 200 200 200 200
GET    /api/geo/search?q=rue%20haute any 200 401 200 200 200 200 200 200 200
GET    /api/geo/reverse?lon=2.18&lat=47.56 any 200 401 200 200 200 200 200 200 200
POST   /api/nearby-streets any 401 401 401 200 200 401 401 401 401
GET    /api/geo/administrators any 200 401 200 200 200 200 200 200 200
GET    /api/geo/roads?search=N&roadType=nationalRoad&administrator=DIR%20D%C3%A9monstration any 200 401 200 200 200 200 200 200 200
GET    /api/geo/roads/{roadNumber}/reference-points?administrator=DIR%20D%C3%A9monstration any 200 401 200 200 200 200 200 200 200
GET    /api/geo/roads/{roadNumber}/reference-points.geojson?administrator=DIR%20D%C3%A9monstration any 200 401 200 200 200 200 200 200 200
GET    /api/geo/roads/{roadNumber}/sides?administrator=DIR%20D%C3%A9monstration&pointNumber=12 any 200 401 200 200 200 200 200 200 200
GET    /api/geo/roads/{roadNumber}/storage-areas any 200 401 200 200 200 200 200 200 200
GET    /api/map/base.json                                                      any     200 401 200 200 200 200 200 200 200
GET    /api/map/base/{z}/{x}/{y}.mvt                                            any     200 401 200 200 200 200 200 200 200
GET    /api/map/initial-bbox?regulationOrderRecordUuid={order}                  draft   200 401 200 200 200 200 200 200 200
GET    /api/map/initial-bbox?regulationOrderRecordUuid={order}                  public  200 401 200 200 200 200 200 200 200
GET    /api/map/locations.geojson?startDate=                                    draft   200 401 200 200 200 200 200 200 200
GET    /api/map/locations.geojson?startDate=                                    public  200 401 200 200 200 200 200 200 200
GET    /api/map/locations/{uuid}                                                draft   404 401 404 404 404 404 404 404 404
GET    /api/map/locations/{uuid}                                                public  200 401 200 200 200 200 200 200 200
GET    /api/map/restrictions?startDate=                                          draft   200 401 200 200 200 200 200 200 200
GET    /api/map/restrictions?startDate=                                          public  200 401 200 200 200 200 200 200 200
GET    /api/map/tiles/{z}/{x}/{y}.mvt                                           any     2xx 401 2xx 2xx 2xx 2xx 2xx 2xx 2xx
";

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// `GET`, `POST`…
    pub method: &'static str,
    /// Path as the document has it, and a query.
    pub target: &'static str,
    /// Of which order.
    pub state: &'static str,
    /// One status per caller.
    pub expected: [&'static str; CALLERS.len()],
}

impl Row {
    /// The operation as the document names it.
    pub fn operation(&self) -> String {
        format!("{} {}", self.method, self.path())
    }

    /// The path as the document has it.
    pub fn path(&self) -> &'static str {
        self.target.split('?').next().unwrap()
    }
}

/// Every line.
pub fn rows() -> Vec<Row> {
    TABLE
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let words: Vec<&'static str> = line.split_whitespace().collect();
            let [method, target, state, expected @ ..] = words.as_slice() else { panic!("{line}") };
            Row { method, target, state, expected: expected.try_into().unwrap_or_else(|_| panic!("{line}")) }
        })
        .collect()
}
