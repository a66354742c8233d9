#include "areas/data/suggest/dictionary.h"

#include <array>

namespace suanpan::data {
namespace {

constexpr auto synonyms = std::to_array<Synonyms>({
    {"", "item_id",
     "sku,item id,item code,item no,item number,item,items,product id,product code,product no,product,stock "
     "code,article,"
     "article id,article no,article number,asin,goods id,part number,variant sku,lineitem sku,dept?,department?,id?,"
     "商品编码,商品编号,商品id,商家编码,货号,外部系统编号,外部编码,宝贝id,sku编码,sku id,商品?,id?"},
    {"", "customer_id",
     "customer id,customer,customer no,customer number,client id,client,buyer,buyer id,user id,user,userid,visitor id,"
     "visitor,visitorid,member id,account id,user pseudo "
     "id,email?,买家会员名,买家昵称,客户编号,客户id,会员号,会员名,会员id,"
     "用户id,用户,顾客编号,顾客,客户?,买家"},
    {"customers", "customer_id", "id?,编号?"},
    {"", "order_id",
     "order id,order no,order number,order,invoice no,invoice,invoice number,invoice id,transaction id,basket "
     "id,ticket,"
     "ticket no,bill no,订单编号,订单号,主订单编号,交易号,订单id,单号?"},
    {"", "line", "line,line no,line number,line item number,row?,行号,序号?"},
    {"", "place_id",
     "store,store id,store no,store number,shop,shop id,location,location id,warehouse,region,branch,outlet,place,"
     "place id,country?,city?,channel?,门店,门店编号,店铺,店铺名称,店铺id,仓库,仓库编号,地区,区域,城市?,渠道?,国家?"},
    {"places", "place_id", "id?,编号?"},
    {"", "ordered_at",
     "order date,order time,ordered at,invoice date,created at,purchase date,purchase time,placed at,placed,"
     "transaction date,transaction time,order created "
     "at,date?,timestamp?,time?,订单创建时间,下单时间,创建时间,交易时间,"
     "下单日期,订单付款时间?,付款时间?,日期?,时间?"},
    {"", "quantity",
     "quantity,qty,units,pieces,item quantity,lineitem quantity,quantity "
     "ordered,amount?,count?,购买数量,数量,宝贝总数量,"
     "件数,商品数量,订购数量"},
    {"", "unit_price",
     "unit price,price,selling price,item price,product price,lineitem price,list price,sale price?,单价,价格,宝贝价格,"
     "商品价格,售价,商品单价,标价"},
    {"", "cancelled", "cancelled,canceled,is cancelled,cancelled at?,已取消,是否取消"},
    {"", "title",
     "title,description,item name,product name,product title,display name,item title,item description,lineitem name,"
     "name?,宝贝标题,商品名称,商品标题,标题,品名,宝贝名称,名称?"},
    {"", "category",
     "category,category name,product type,product category,main category,item category,category "
     "id,type?,class?,family?,"
     "department?,类目,分类,类别,品类,商品类目,商品分类"},
    {"", "unit_cost",
     "unit cost,cost,cost price,purchase price,cost per item,cost of goods sold,成本,成本价,进价,采购价,单位成本"},
    {"", "supplier_id",
     "supplier,supplier id,vendor,vendor id,supplier code,manufacturer?,供应商,供应商编号,供应商编码"},
    {"suppliers", "supplier_id", "id?,编号?"},
    {"", "listed_on", "listed on,listed,launch date,available since,created?,release date?,上架时间,上架日期"},
    {"", "day", "date,day,timestamp?,time?,日期,天?,时间?"},
    {"", "from_day",
     "date,day,week,week start,week beginning,from,from day,start date,starts on,month?,month "
     "year?,日期,开始日期,开始时间,"
     "生效日期,周?,月份?"},
    {"", "to_day", "to,to day,end date,until,ends on,结束日期,结束时间"},
    {"", "days", "days,period days,天数"},
    {"", "units",
     "units,units sold,quantity sold,sold,qty,quantity,sales?,sales units,demand,销量,销售数量,销售件数,数量?"},
    {"", "revenue",
     "revenue,sales,weekly sales,daily sales,turnover,net sales,gross sales,sales amount,total sales,total price?,"
     "sales value,total?,销售额,成交金额,营业额,销售金额"},
    {"", "customers", "customers,customer count,footfall,receipts?,transactions?,客流,客流量,顾客数,客户数,成交人数"},
    {"", "open", "open,is open,营业,是否营业"},
    {"", "promoted", "promo,promotion,on promotion,promoted,is promoted,promo flag,促销,是否促销"},
    {"", "promotion_id", "promotion,promotion id,promo id,campaign,campaign id,coupon?,促销编号,活动编号,活动?"},
    {"", "discount", "discount,discount rate,discount percent,折扣,折扣率"},
    {"", "event_name", "event,event name,event type,action,behavior,behaviour,behavior type,事件,事件名,行为类型,行为"},
    {"", "event_id", "event id,message id,事件编号,事件id"},
    {"", "occurred_at",
     "timestamp,event time,event timestamp,time,occurred at,event date?,date?,created "
     "at?,事件时间,发生时间,时间,行为时间"},
    {"", "session_id", "session,session id,visit id,ga session id,sessionid,会话,会话id"},
    {"events", "value", "value,event value,event value in usd,revenue?,price?,金额?"},
    {"indicators", "value", "value,指标值,数值"},
    {"attributes", "value", "value,attribute value,属性值"},
    {"indicators", "name", "indicator,name?,指标,指标名"},
    {"attributes", "name", "attribute,attribute name,property,name?,属性,属性名"},
    {"", "list_id", "list,list id,list name,item list,item list id,item list name?,列表,榜单"},
    {"", "position", "position,rank,slot,item list index,位置,排名"},
    {"", "propensity", "propensity,propensity score,probability?,pscore,展示概率"},
    {"", "impressions", "impressions,shows,曝光,曝光量,展现量,曝光次数"},
    {"", "views", "views,page views,pageviews,pv,detail views,浏览量,访问量,浏览次数"},
    {"", "visitors", "visitors,unique visitors,uv,访客数,访客"},
    {"", "carts", "carts,add to cart,adds to cart,cart adds,加购数,加购件数,加购次数"},
    {"traffic", "channel", "channel,source,medium,traffic source,渠道,来源"},
    {"", "review_id", "review id,comment id,评价编号,评论id"},
    {"", "rating", "rating,stars,star rating,score?,label?,评分,星级,打分"},
    {"reviews", "body",
     "review,review text,review body,comment,comments,content,body,text?,评价,评论,评价内容,评论内容,内容?"},
    {"", "written_at", "review date,review time,written at,date?,timestamp?,评价时间,评论时间,评价日期"},
    {"variants", "product_id",
     "product id,handle,url handle,parent,parent id,parent sku,item group id,style,style id,款号,父商品,spu,spu id"},
    {"", "barcode", "barcode,ean,gtin,upc,variant barcode,条码,条形码"},
    {"", "competitor_id", "competitor,competitor id,rival,seller?,竞争对手,竞品,竞争店铺"},
    {"", "shipping", "freight,shipping,freight price,shipping cost,delivery fee,运费,邮费"},
    {"", "available", "available,in stock,availability,有货,是否有货"},
    {"", "on_hand",
     "on hand,stock,inventory,quantity on hand,inventory quantity,stock level,stock quantity,variant inventory qty,"
     "available?,库存,库存数量,可用库存,现有库存,库存量"},
    {"", "on_order", "on order,in transit,incoming,inbound,在途,在途数量,在途库存"},
    {"", "lead_time_days", "lead time,lead time days,delivery days,交货期,交期,交货天数"},
    {"", "lead_time_sd_days", "lead time sd,lead time sd days,lead time deviation,交期标准差"},
    {"", "pack_size", "pack,pack size,case size,case pack,包装数,装箱数"},
    {"", "minimum_units", "minimum,minimum units,minimum order,minimum order quantity,moq,起订量,最小起订量"},
    {"", "minimum_value", "minimum value,minimum order value,最小订货金额"},
    {"price_breaks", "from_units", "from units,from quantity,from qty,break quantity,tier quantity,起价数量,阶梯数量"},
    {"price_breaks", "incremental", "incremental,超出部分计价"},
    {"place_links", "to_place_id", "to place,to place id,to store,to warehouse,supplied,调入地点,调入仓库"},
    {"place_links", "from_place_id", "from place,from place id,from warehouse,supplied from,调出地点,调出仓库"},
    {"place_links", "service_days", "service days,promised days,承诺天数"},
    {"place_links", "holding_share", "holding share,holding rate,持有成本比例"},
    {"substitutes", "other_item_id", "other item,other item id,substitute,substitute id,替代品,替代商品"},
    {"substitutes", "share", "share,share who switch,替代比例,转移比例"},
    {"", "receipt_id", "receipt id,delivery id,delivery no,goods receipt,grn,到货单号,入库单号"},
    {"", "purchase_id", "purchase id,purchase order,po number,po no,purchase order id,采购单号,采购订单"},
    {"", "received_on", "received on,received,receipt date,delivery date,received at,到货日期,入库日期,入库时间"},
    {"", "ordered_on", "ordered on,order date,采购日期,下单日期"},
    {"", "joined_on", "joined on,joined,registered,sign up date,member since,registration date,注册时间,注册日期"},
    {"", "country", "country,country name,国家"},
    {"", "holiday", "holiday,is holiday,state holiday,holiday flag,节假日,是否节假日"},
    {"", "closed", "closed,is closed,歇业,是否歇业"},
    {"", "temperature_c", "temperature,temp,avg temp,mean temperature,气温,温度,平均气温"},
    {"", "temperature_max_c", "temperature max,max temperature,tmax,最高气温"},
    {"", "temperature_min_c", "temperature min,min temperature,tmin,最低气温"},
    {"", "rain_mm", "rain,rainfall,precipitation,降水,降水量,雨量"},
    {"", "wind_ms", "wind,wind speed,风速"},
    {"", "condition", "weather,condition,weather condition,天气,天气状况"},
    {"", "return_id", "return id,return no,return,refund id,refund no,credit note,退款编号,退货单号,退款单号"},
    {"", "returned_at", "returned at,returned,return date,refund date,refund time,退款时间,退货时间,退货日期"},
});

constexpr auto files = std::to_array<FileWords>({
    {"order_lines", "order,orders,invoice,invoices,retail,transaction,transactions,订单,宝贝,交易"},
    {"returns", "return,returns,refund,refunds,退货,退款"},
    {"sales", "sales,sale,demand,销售,销量"},
    {"events", "events,event,clicks,behavior,behaviour,impressions,事件,行为"},
    {"traffic", "traffic,views,流量"},
    {"reviews", "reviews,review,comments,评价,评论"},
    {"items", "items,item,products,product,catalog,catalogue,articles,styles,商品,产品"},
    {"variants", "variants,skus,规格"},
    {"attributes", "attributes,properties,属性"},
    {"costs", "costs,成本"},
    {"prices", "prices,价格"},
    {"competitor_prices", "competitor,competitors,竞品"},
    {"promotions", "promotions,promotion,campaigns,促销,活动"},
    {"stock", "stock,inventory,库存"},
    {"suppliers", "suppliers,vendors,供应商"},
    {"receipts", "receipts,deliveries,到货,入库"},
    {"price_breaks", "breaks,tiers,阶梯价"},
    {"place_links", "links,network,补货网络"},
    {"substitutes", "substitutes,替代"},
    {"customers", "customers,customer,users,user,members,客户,会员,顾客"},
    {"places", "stores,store,places,shops,warehouses,locations,门店,店铺,仓库"},
    {"calendar", "calendar,holidays,日历,节假日"},
    {"weather", "weather,天气"},
    {"indicators", "indicators,指标"},
});

}  // namespace

std::span<const Synonyms> dictionary() {
    return synonyms;
}

std::span<const FileWords> file_words() {
    return files;
}

}  // namespace suanpan::data
